package io.hubbub;

import java.util.Collection;

/**
 * {@link HubClients} whose members are called through an interface.
 *
 * @param <C> the interface
 */
public interface TypedClients<C> {
  /** Everyone. */
  C all();

  /** Everyone but some connections. */
  C allExcept(Collection<String> excludedConnectionIds);

  /** One connection; methods with a result wait for its answer. */
  C client(String connectionId);

  /** Some connections. */
  C clients(Collection<String> connectionIds);

  /** The members of a group. */
  C group(String groupName);

  /** The members of several groups. */
  C groups(Collection<String> groupNames);

  /** The members of a group but some connections. */
  C groupExcept(String groupName, Collection<String> excludedConnectionIds);

  /** All connections of a user. */
  C user(String userId);

  /** All connections of some users. */
  C users(Collection<String> userIds);
}
