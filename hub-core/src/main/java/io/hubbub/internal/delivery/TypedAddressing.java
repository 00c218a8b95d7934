package io.hubbub.internal.delivery;

import io.hubbub.HubClients;
import io.hubbub.TypedClients;
import java.util.Collection;

/**
 * Clients that are called through an interface.
 *
 * <p>Threads: immutable; any.
 */
class TypedAddressing<C> implements TypedClients<C> {
  private final HubClients clients;
  final TypedInterface<C> typed;

  TypedAddressing(HubClients clients, TypedInterface<C> typed) {
    this.clients = clients;
    this.typed = typed;
  }

  @Override
  public final C all() {
    return typed.over(clients.all());
  }

  @Override
  public final C allExcept(Collection<String> excludedConnectionIds) {
    return typed.over(clients.allExcept(excludedConnectionIds));
  }

  @Override
  public final C client(String connectionId) {
    return typed.over(clients.client(connectionId));
  }

  @Override
  public final C clients(Collection<String> connectionIds) {
    return typed.over(clients.clients(connectionIds));
  }

  @Override
  public final C group(String groupName) {
    return typed.over(clients.group(groupName));
  }

  @Override
  public final C groups(Collection<String> groupNames) {
    return typed.over(clients.groups(groupNames));
  }

  @Override
  public final C groupExcept(String groupName, Collection<String> excludedConnectionIds) {
    return typed.over(clients.groupExcept(groupName, excludedConnectionIds));
  }

  @Override
  public final C user(String userId) {
    return typed.over(clients.user(userId));
  }

  @Override
  public final C users(Collection<String> userIds) {
    return typed.over(clients.users(userIds));
  }
}
