package io.hubbub.spi;

import java.util.List;
import java.util.Set;

/** Whom a message is for. */
public sealed interface Audience {
  /**
   * Everyone.
   *
   * @param except connections left out
   */
  record All(Set<String> except) implements Audience {}

  /**
   * Connections by id.
   *
   * @param ids without duplicates
   */
  record Connections(Set<String> ids) implements Audience {}

  /**
   * The members of groups; a member of two gets the message twice.
   *
   * @param names in order, duplicates count
   * @param except connections left out
   */
  record Groups(List<String> names, Set<String> except) implements Audience {}

  /**
   * All connections of users.
   *
   * @param ids without duplicates
   */
  record Users(Set<String> ids) implements Audience {}
}
