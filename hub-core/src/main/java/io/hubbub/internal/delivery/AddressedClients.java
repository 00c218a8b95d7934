package io.hubbub.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.hubbub.ClientProxy;
import io.hubbub.HubClients;
import io.hubbub.SingleClientProxy;
import io.hubbub.TypedClients;
import io.hubbub.spi.Audience;
import io.hubbub.spi.HubLifetimeManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns the ways to address clients into audiences; refuses what no client can be called.
 *
 * <p>Threads: immutable; any.
 */
class AddressedClients implements HubClients {
  private final HubLifetimeManager manager;
  private final Consumer<String> beforeResult;

  /**
   * @param beforeResult told a connection's id before it is asked for a result; what it throws
   *     fails the future
   */
  AddressedClients(HubLifetimeManager manager, Consumer<String> beforeResult) {
    this.manager = manager;
    this.beforeResult = beforeResult;
  }

  @Override
  public final ClientProxy all() {
    return to(new Audience.All(Set.of()));
  }

  @Override
  public final ClientProxy allExcept(Collection<String> excludedConnectionIds) {
    return to(new Audience.All(Set.copyOf(excludedConnectionIds)));
  }

  @Override
  public final SingleClientProxy client(String connectionId) {
    return new SingleProxy(manager, requireNonNull(connectionId, "connectionId"), beforeResult);
  }

  @Override
  public final ClientProxy clients(Collection<String> connectionIds) {
    return to(new Audience.Connections(Set.copyOf(connectionIds)));
  }

  @Override
  public final ClientProxy group(String groupName) {
    return to(new Audience.Groups(List.of(groupName), Set.of()));
  }

  @Override
  public final ClientProxy groups(Collection<String> groupNames) {
    groupNames.forEach(AddressedClients::checkGroupInList);
    return to(new Audience.Groups(List.copyOf(groupNames), Set.of()));
  }

  @SuppressWarnings("NullAway") // callers without null checks are what this is for
  private static void checkGroupInList(String name) {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("Cannot send to an empty group name.");
    }
  }

  @Override
  public final ClientProxy groupExcept(String groupName, Collection<String> excludedConnectionIds) {
    return to(new Audience.Groups(List.of(groupName), Set.copyOf(excludedConnectionIds)));
  }

  @Override
  public final ClientProxy user(String userId) {
    return users(List.of(userId));
  }

  @Override
  public final ClientProxy users(Collection<String> userIds) {
    Set<String> ids = Set.copyOf(userIds);
    if (ids.contains("")) {
      throw new IllegalArgumentException(
          "Expected the id of a user, but found an empty one: connections without a user cannot be addressed by it");
    }
    return to(new Audience.Users(ids));
  }

  @Override
  public <C> TypedClients<C> typed(Class<C> clientInterface) {
    return new TypedAddressing<>(this, TypedInterface.of(clientInterface));
  }

  final ClientProxy to(Audience audience) {
    return new AudienceProxy(manager, audience);
  }
}
