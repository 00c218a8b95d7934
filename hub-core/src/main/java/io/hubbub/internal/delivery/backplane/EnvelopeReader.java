package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.backplane.InvocationEnvelope.ReplyTo;
import io.hubbub.protocol.HubProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads envelopes, from whomever they come: any order, more items than known and bytes after the
 * end are accepted; whatever else is wrong is a {@link HubProtocolException}.
 *
 * <p>Threads: any.
 */
final class EnvelopeReader {
  private EnvelopeReader() {}

  static InvocationEnvelope invocation(byte[] bytes) {
    EnvelopeInput in = new EnvelopeInput(bytes);
    int items = items(in, 2, "Invocation");
    int ids = in.array();
    List<String> excluded = new ArrayList<>(Math.min(ids, 1_000));
    for (int i = 0; i < ids; i++) {
      excluded.add(in.string());
    }
    int protocols = in.map();
    Map<String, byte[]> frames = new LinkedHashMap<>(4);
    for (int i = 0; i < protocols; i++) {
      frames.put(in.string(), in.binary());
    }
    return new InvocationEnvelope(excluded, frames, items < 4 ? Optional.empty() : reply(in));
  }

  /** The two count only together. */
  private static Optional<ReplyTo> reply(EnvelopeInput in) {
    String invocationId = stringOrNil(in);
    String channel = stringOrNil(in);
    return invocationId == null || channel == null
        ? Optional.empty()
        : Optional.of(new ReplyTo(invocationId, channel));
  }

  private static @Nullable String stringOrNil(EnvelopeInput in) {
    return in.nil() ? null : in.string();
  }

  static GroupCommand groupCommand(byte[] bytes) {
    EnvelopeInput in = new EnvelopeInput(bytes);
    items(in, 5, "GroupCommand");
    return new GroupCommand(in.integer(), in.string(), in.integer(), in.string(), in.string());
  }

  /** The id that is acknowledged. */
  static int ack(byte[] bytes) {
    EnvelopeInput in = new EnvelopeInput(bytes);
    items(in, 1, "Ack");
    return in.integer();
  }

  static ResultEnvelope result(byte[] bytes) {
    EnvelopeInput in = new EnvelopeInput(bytes);
    items(in, 2, "Completion");
    return new ResultEnvelope(in.string(), in.binary());
  }

  private static int items(EnvelopeInput in, int atLeast, String what) {
    int items = in.array();
    if (items < atLeast) {
      throw new HubProtocolException("Insufficient items in " + what + " array.");
    }
    return items;
  }
}
