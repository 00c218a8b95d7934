package io.hubbub.internal.delivery;

import io.hubbub.spi.ConnectedClient;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to this node: id to client, group to members, user to connections. A connection
 * knows its groups, so that leaving costs what it belongs to and not what there is; nothing is kept
 * of dead connections and empty groups. Connections are walked in the order of arrival, in which
 * they mostly lie in memory: a broadcast waits for it less.
 *
 * <p>Threads: any. A connection's changes take its member's lock first and a table's key second, so
 * joining a group either happens before the connection leaves, which then undoes it, or not at all.
 */
public final class ConnectionIndex {
  private final Map<String, Member> connections = new ConcurrentHashMap<>();
  private final Set<Member> everyone = new ConcurrentSkipListSet<>();
  private final AtomicLong arrivals = new AtomicLong();
  private final MemberTable groups = new MemberTable();
  private final MemberTable users = new MemberTable();

  /** Adds a connection under its id and its user. */
  public Member add(ConnectedClient client) {
    return add(client, userOf(client));
  }

  /**
   * Adds a connection under its id and a user.
   *
   * @param user null: none
   */
  public Member add(ConnectedClient client, @Nullable String user) {
    Member member = new Member(client, arrivals.getAndIncrement());
    moveUser(member, user);
    // Before the id is known, by which it is taken out again.
    everyone.add(member);
    Member former = connections.put(member.connectionId(), member);
    if (former != null) {
      everyone.remove(former);
    }
    return member;
  }

  /** The connection with an id, if it lives here. */
  public @Nullable Member find(String connectionId) {
    return connections.get(connectionId);
  }

  /**
   * Takes a connection out of everything.
   *
   * @return what it belonged to; empty when it is not here
   */
  public Optional<Departure> remove(ConnectedClient client) {
    Member member = connections.get(client.connectionId());
    if (member == null || member.client() != client) {
      return Optional.empty();
    }
    synchronized (member) {
      if (member.isGone()) {
        return Optional.empty();
      }
      connections.remove(member.connectionId(), member);
      everyone.remove(member);
      String user = member.user();
      if (user != null) {
        users.remove(user, member);
      }
      Set<String> left = member.takeGroups();
      left.forEach(group -> groups.remove(group, member));
      return Optional.of(new Departure(member, left, Optional.ofNullable(user)));
    }
  }

  /**
   * Puts a connection into a group.
   *
   * @return whether it was none of its members before; false also when it has gone
   */
  public boolean join(Member member, String group) {
    synchronized (member) {
      if (member.isGone() || member.isInGroup(group)) {
        return false;
      }
      member.joined(group);
      groups.add(group, member);
      return true;
    }
  }

  /**
   * Takes a connection out of a group.
   *
   * @return whether it was a member
   */
  public boolean leave(Member member, String group) {
    synchronized (member) {
      if (!member.left(group)) {
        return false;
      }
      groups.remove(group, member);
      return true;
    }
  }

  /**
   * Files a connection under a user id.
   *
   * @param newUser null: none
   */
  public UserChange moveUser(Member member, @Nullable String newUser) {
    synchronized (member) {
      String before = member.user();
      if (member.isGone() || Objects.equals(before, newUser)) {
        return new UserChange(false, Optional.empty());
      }
      if (before != null) {
        users.remove(before, member);
      }
      if (newUser != null) {
        users.add(newUser, member);
      }
      member.user(newUser);
      return new UserChange(true, Optional.ofNullable(before));
    }
  }

  /**
   * The user that a client is filed under; null: none. An empty id is nobody's: it must not become
   * an address that anonymous clients share.
   */
  public static @Nullable String userOf(ConnectedClient client) {
    return client.userId().filter(id -> !id.isEmpty()).orElse(null);
  }

  /** Every connection in the order of arrival, live. */
  public Collection<Member> all() {
    return everyone;
  }

  /** The members of a group in the order of arrival, live. */
  public Collection<Member> group(String name) {
    return groups.of(name);
  }

  /** The connections of a user in the order of arrival, live. */
  public Collection<Member> user(String id) {
    return users.of(id);
  }

  int groupCount() {
    return groups.size();
  }

  int userCount() {
    return users.size();
  }

  /**
   * What a connection belonged to when it left.
   *
   * @param member the connection
   * @param groups the groups it was in
   * @param user the user it was filed under
   */
  public record Departure(Member member, Set<String> groups, Optional<String> user) {}

  /**
   * What became of a connection's user id.
   *
   * @param moved whether it has changed; false also for a connection that has gone
   * @param before the id before the change; empty: none
   */
  public record UserChange(boolean moved, Optional<String> before) {}
}
