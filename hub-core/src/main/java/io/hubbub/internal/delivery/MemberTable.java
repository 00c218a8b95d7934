package io.hubbub.internal.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Keys (groups, users) and the connections of this node that belong to them; a key exists while it
 * has members.
 *
 * <p>Threads: any. Changes of one key exclude each other; readers walk the live members without a
 * copy.
 */
final class MemberTable {
  private final Map<String, Set<Member>> members = new ConcurrentHashMap<>();

  void add(String key, Member member) {
    members.compute(
        key,
        (same, known) -> {
          Set<Member> all = known == null ? new ConcurrentSkipListSet<>() : known;
          all.add(member);
          return all;
        });
  }

  void remove(String key, Member member) {
    members.computeIfPresent(
        key,
        (same, known) -> {
          known.remove(member);
          return known.isEmpty() ? null : known;
        });
  }

  Collection<Member> of(String key) {
    Set<Member> known = members.get(key);
    return known == null ? List.of() : known;
  }

  int size() {
    return members.size();
  }
}
