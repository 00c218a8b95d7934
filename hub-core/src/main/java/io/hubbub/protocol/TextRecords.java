package io.hubbub.protocol;

import java.nio.ByteBuffer;

/**
 * The framing of text protocols and of the handshake: whatever stands before the byte 0x1E.
 *
 * <p>Threads: immutable; any.
 */
public final class TextRecords implements Framing {
  /** The byte that ends a record; it belongs to the frame. */
  public static final byte SEPARATOR = 0x1E;

  /** The only one there is. */
  public static final TextRecords INSTANCE = new TextRecords();

  private TextRecords() {}

  @Override
  public int frameLength(ByteBuffer input, int scanned, int maxLength) {
    int start = input.position();
    int limit = input.limit();
    if (input.hasArray()) {
      return inArray(input, scanned);
    }
    for (int at = start + scanned; at < limit; at++) {
      if (input.get(at) == SEPARATOR) {
        return at - start + 1;
      }
    }
    return INCOMPLETE;
  }

  private static int inArray(ByteBuffer input, int scanned) {
    byte[] bytes = input.array();
    int start = input.arrayOffset() + input.position();
    int end = start + input.remaining();
    for (int at = start + scanned; at < end; at++) {
      if (bytes[at] == SEPARATOR) {
        return at - start + 1;
      }
    }
    return INCOMPLETE;
  }
}
