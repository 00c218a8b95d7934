package io.hubbub.internal.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys (groups, users) and the connections of this node that belong to them; a key exists while it
 * has members.
 *
 * <p>Threads: any. Changes of one key exclude each other; readers walk the live members without a
 * copy.
 */
final class MemberTable {
  private final Map<String, Map<String, Member>> members = new ConcurrentHashMap<>();

  void add(String key, Member member) {
    members.compute(
        key,
        (same, known) -> {
          Map<String, Member> all = known == null ? new ConcurrentHashMap<>(4) : known;
          all.put(member.connectionId(), member);
          return all;
        });
  }

  void remove(String key, Member member) {
    members.computeIfPresent(
        key,
        (same, known) -> {
          known.remove(member.connectionId(), member);
          return known.isEmpty() ? null : known;
        });
  }

  Collection<Member> of(String key) {
    Map<String, Member> known = members.get(key);
    return known == null ? List.of() : known.values();
  }

  int size() {
    return members.size();
  }
}
