package io.hubbub;

import java.util.Collection;

/**
 * The clients of a hub, on all nodes. Ids, users and groups are compared exactly; those that do not
 * exist are addressed in vain and without an error. Null is refused with {@link
 * NullPointerException}, an empty user id or an empty name in a list of groups with {@link
 * IllegalArgumentException}.
 *
 * <p>Threads: any.
 */
public interface HubClients {
  /** Everyone. */
  ClientProxy all();

  /** Everyone but some connections. */
  ClientProxy allExcept(Collection<String> excludedConnectionIds);

  /** One connection. */
  SingleClientProxy client(String connectionId);

  /** Some connections; each gets the message once, however often it is listed. */
  ClientProxy clients(Collection<String> connectionIds);

  /** The members of a group. */
  ClientProxy group(String groupName);

  /** The members of several groups; a member of two gets the message twice. */
  ClientProxy groups(Collection<String> groupNames);

  /** The members of a group but some connections. */
  ClientProxy groupExcept(String groupName, Collection<String> excludedConnectionIds);

  /** All connections of a user. */
  ClientProxy user(String userId);

  /** All connections of some users; each gets the message once. */
  ClientProxy users(Collection<String> userIds);

  /**
   * The same clients, called through an interface; see {@link TypedHub} for what it may contain.
   *
   * @throws IllegalArgumentException if it contains something else
   */
  <C> TypedClients<C> typed(Class<C> clientInterface);
}
