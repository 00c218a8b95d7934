package io.hubbub.examples.cluster;

import io.hubbub.examples.chat.ChatHub;

/**
 * The hub of the chat as it is on one node: nothing in it knows of others. Only for show it can
 * tell where a page has landed.
 *
 * <p>Threads: one call each.
 */
public class ClusterHub extends ChatHub {
  private final String node;

  ClusterHub(String node) {
    this.node = node;
  }

  /** The node that serves the caller. */
  public String nodeName() {
    return node;
  }
}
