package io.hubbub.internal.delivery;

import io.hubbub.spi.ConnectedClient;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection of this node, what it belongs to, and the answers that are awaited from it, so
 * that it can leave everything without a search.
 *
 * <p>Threads: any; the mutable fields are guarded by this object's lock.
 */
public final class Member implements Comparable<Member> {
  private final ConnectedClient client;
  private final String connectionId;
  private final long arrival;

  private @Nullable String user;
  private boolean closing;
  private boolean gone;

  /** Made with the first entry: most connections have none. */
  private @Nullable Set<String> groups;

  private @Nullable Set<String> awaited;

  /**
   * @param arrival its number among the connections of this node
   */
  Member(ConnectedClient client, long arrival) {
    this.client = client;
    this.connectionId = client.connectionId();
    this.arrival = arrival;
  }

  @Override
  public int compareTo(Member other) {
    return Long.compare(arrival, other.arrival);
  }

  /** The client itself. */
  public ConnectedClient client() {
    return client;
  }

  /** The connection's id. */
  public String connectionId() {
    return connectionId;
  }

  // The methods below are called with this object's lock held.

  @Nullable String user() {
    return user;
  }

  void user(@Nullable String newUser) {
    user = newUser;
  }

  boolean isClosing() {
    return closing;
  }

  boolean isGone() {
    return gone;
  }

  boolean isInGroup(String group) {
    return groups != null && groups.contains(group);
  }

  void joined(String group) {
    if (groups == null) {
      groups = new HashSet<>(4);
    }
    groups.add(group);
  }

  boolean left(String group) {
    return groups != null && groups.remove(group);
  }

  Set<String> takeGroups() {
    Set<String> taken = groups == null ? Set.of() : groups;
    groups = null;
    gone = true;
    return taken;
  }

  int awaitedCount() {
    return awaited == null ? 0 : awaited.size();
  }

  void await(String invocationId) {
    if (awaited == null) {
      awaited = new HashSet<>(4);
    }
    awaited.add(invocationId);
  }

  void forget(String invocationId) {
    if (awaited != null) {
      awaited.remove(invocationId);
    }
  }

  Set<String> takeAwaited() {
    Set<String> taken = awaited == null ? Set.of() : awaited;
    awaited = null;
    closing = true;
    return taken;
  }
}
