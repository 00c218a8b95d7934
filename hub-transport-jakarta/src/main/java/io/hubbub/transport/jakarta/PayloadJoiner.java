package io.hubbub.transport.jakarta;

import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what waits for a client and joins small payloads into one, so that they leave in one
 * message.
 *
 * <p>Threads: the writer's, one at a time.
 */
final class PayloadJoiner {
  /** Payloads are joined up to about this many bytes; a lone one is passed on as it is, shared. */
  private static final int JOIN_UP_TO = 32 * 1024;

  private final WebSocketHandler handler;

  /** Polled, but too long or of the wrong format for the message before. */
  private @Nullable Payload held;

  PayloadJoiner(WebSocketHandler handler) {
    this.handler = handler;
  }

  /** What the next message carries; null when nothing waits. */
  @Nullable Payload next() {
    Payload first = poll();
    if (first == null || first.size() >= JOIN_UP_TO) {
      return first;
    }
    Payload second = handler.poll();
    if (second == null) {
      return first;
    }
    List<Payload> batch = new ArrayList<>();
    batch.add(first);
    int size = first.size();
    while (second != null) {
      if (size + second.size() > JOIN_UP_TO || second.format() != first.format()) {
        held = second;
        break;
      }
      batch.add(second);
      size += second.size();
      second = handler.poll();
    }
    return batch.size() == 1 ? first : joined(batch, size);
  }

  private @Nullable Payload poll() {
    Payload kept = held;
    held = null;
    return kept == null ? handler.poll() : kept;
  }

  private static Payload joined(List<Payload> batch, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    for (Payload payload : batch) {
      System.arraycopy(payload.array(), 0, bytes, at, payload.size());
      at += payload.size();
    }
    return Payload.of(bytes, batch.get(0).format());
  }
}
