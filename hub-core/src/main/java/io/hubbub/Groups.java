package io.hubbub;

import java.util.concurrent.CompletionStage;

/**
 * Group membership, by connection, on whichever node it lives. A group exists while it has members;
 * its name's case matters.
 *
 * <p>Threads: any.
 */
public interface Groups {
  /**
   * Adds a connection to a group.
   *
   * @return done when it is effective on every node; an unknown connection, or one that is a member
   *     already, changes nothing
   */
  CompletionStage<Void> add(String connectionId, String groupName);

  /**
   * Takes a connection out of a group.
   *
   * @return done when it is effective on every node; a connection that is no member changes nothing
   */
  CompletionStage<Void> remove(String connectionId, String groupName);
}
