package io.hubbub;

/**
 * {@link HubCallerClients} whose members are called through an interface.
 *
 * @param <C> the interface
 */
public interface TypedCallerClients<C> extends TypedClients<C> {
  /** The caller. */
  C caller();

  /** Everyone but the caller. */
  C others();

  /** The members of a group but the caller. */
  C othersInGroup(String groupName);
}
