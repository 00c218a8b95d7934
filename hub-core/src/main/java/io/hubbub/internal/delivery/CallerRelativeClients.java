package io.hubbub.internal.delivery;

import io.hubbub.ClientProxy;
import io.hubbub.HubCallerClients;
import io.hubbub.SingleClientProxy;
import io.hubbub.TypedCallerClients;
import io.hubbub.spi.Audience;
import io.hubbub.spi.HubLifetimeManager;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The clients as one of them sees them.
 *
 * <p>Threads: immutable; any.
 */
final class CallerRelativeClients extends AddressedClients implements HubCallerClients {
  private final String callerId;

  CallerRelativeClients(
      HubLifetimeManager manager, String callerId, Consumer<String> beforeResult) {
    super(manager, beforeResult);
    this.callerId = callerId;
  }

  @Override
  public SingleClientProxy caller() {
    return client(callerId);
  }

  @Override
  public ClientProxy others() {
    return to(new Audience.All(Set.of(callerId)));
  }

  @Override
  public ClientProxy othersInGroup(String groupName) {
    return to(new Audience.Groups(List.of(groupName), Set.of(callerId)));
  }

  @Override
  public <C> TypedCallerClients<C> typed(Class<C> clientInterface) {
    return new TypedCallerAddressing<>(this, TypedInterface.of(clientInterface));
  }
}
