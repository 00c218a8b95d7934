package io.hubbub.http;

import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes payloads as Server-Sent Events.
 *
 * <p>Threads: any.
 */
final class EventFormat {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = {'\r', '\n'};

  private EventFormat() {}

  /** One event; a line of its own for every line of the payload. */
  static ByteBuffer event(Payload payload) {
    return payload.form(Event.class, EventFormat::make).bytes.asReadOnlyBuffer();
  }

  private static Event make(Payload payload) {
    byte[] text = payload.array();
    int lines = 1;
    for (byte b : text) {
      lines += b == '\n' ? 1 : 0;
    }
    int perLine = DATA.length + LINE_END.length;
    ByteBuffer event = ByteBuffer.allocate(text.length + lines * perLine + LINE_END.length);
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n') {
        int end = i < text.length && i > start && text[i - 1] == '\r' ? i - 1 : i;
        event.put(DATA).put(text, start, end - start).put(LINE_END);
        start = i + 1;
      }
    }
    return new Event(event.put(LINE_END).flip());
  }

  /** The bytes of an event, shared by all receivers of its payload. */
  private record Event(ByteBuffer bytes) {}
}
