package io.hubbub.internal.delivery;

import io.hubbub.HubCallerClients;
import io.hubbub.TypedCallerClients;

/**
 * Clients that are called through an interface, as one of them sees them.
 *
 * <p>Threads: immutable; any.
 */
final class TypedCallerAddressing<C> extends TypedAddressing<C> implements TypedCallerClients<C> {
  private final HubCallerClients clients;

  TypedCallerAddressing(HubCallerClients clients, TypedInterface<C> typed) {
    super(clients, typed);
    this.clients = clients;
  }

  @Override
  public C caller() {
    return typed.over(clients.caller());
  }

  @Override
  public C others() {
    return typed.over(clients.others());
  }

  @Override
  public C othersInGroup(String groupName) {
    return typed.over(clients.othersInGroup(groupName));
  }
}
