package io.hubbub.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of server-sent events into the data of each. Only {@code data} fields matter here;
 * comments and all other fields are skipped.
 *
 * <p>Threads: one at a time.
 */
final class EventStreamParser {
  private static final byte[] FIELD = {'d', 'a', 't', 'a'};

  private final int maxBytes;
  private final Consumer<ByteBuffer> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
  private boolean hasData;
  private boolean afterCarriageReturn;

  /**
   * @param maxBytes the longest event accepted
   * @param events gets the data of each event
   */
  EventStreamParser(int maxBytes, Consumer<ByteBuffer> events) {
    this.maxBytes = maxBytes;
    this.events = events;
  }

  /**
   * @throws IOException if an event is too long
   */
  void add(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      boolean secondHalfOfLineEnd = next == '\n' && afterCarriageReturn;
      afterCarriageReturn = next == '\r';
      if (secondHalfOfLineEnd) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        endLine();
      } else {
        line.write(next);
        ensureRoom();
      }
    }
  }

  private void ensureRoom() throws IOException {
    if (line.size() + data.size() > maxBytes) {
      throw new IOException("An event is longer than " + maxBytes + " bytes (maximumMessageSize).");
    }
  }

  private void endLine() {
    byte[] text = line.toByteArray();
    line.reset();
    if (text.length == 0) {
      dispatch();
    } else if (isData(text)) {
      int start = FIELD.length;
      start += start < text.length ? 1 : 0;
      start += start < text.length && text[start] == ' ' ? 1 : 0;
      if (hasData) {
        data.write('\n');
      }
      hasData = true;
      data.write(text, start, text.length - start);
    }
  }

  private static boolean isData(byte[] text) {
    for (int i = 0; i < FIELD.length; i++) {
      if (i >= text.length || text[i] != FIELD[i]) {
        return false;
      }
    }
    return text.length == FIELD.length || text[FIELD.length] == ':';
  }

  private void dispatch() {
    if (hasData) {
      byte[] event = data.toByteArray();
      data.reset();
      hasData = false;
      events.accept(ByteBuffer.wrap(event));
    }
  }
}
