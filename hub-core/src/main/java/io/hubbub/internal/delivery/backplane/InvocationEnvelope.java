package io.hubbub.internal.delivery.backplane;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of clients on its way between nodes.
 *
 * @param excluded connections that do not get it
 * @param frames protocol name to one whole frame, in the order of the wire
 * @param reply where the client's answer goes; empty when none is wanted
 */
record InvocationEnvelope(
    List<String> excluded, Map<String, byte[]> frames, Optional<ReplyTo> reply) {
  /** A call without an answer. */
  InvocationEnvelope(List<String> excluded, Map<String, byte[]> frames) {
    this(excluded, frames, Optional.empty());
  }

  /**
   * Where an answer goes.
   *
   * @param invocationId the id that the frames carry, too
   * @param channel the asking node's channel for answers
   */
  record ReplyTo(String invocationId, String channel) {}
}
