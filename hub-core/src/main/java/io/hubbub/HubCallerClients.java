package io.hubbub;

/** The clients of a hub as seen from a call: relative to the caller, too. */
public interface HubCallerClients extends HubClients {
  /** The caller. */
  SingleClientProxy caller();

  /** Everyone but the caller. */
  ClientProxy others();

  /** The members of a group but the caller. */
  ClientProxy othersInGroup(String groupName);

  @Override
  <C> TypedCallerClients<C> typed(Class<C> clientInterface);
}
