package io.hubbub.transport.jakarta;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Turns the pieces of text messages back into the bytes that came. A container may cut a piece
 * between the two halves of a character outside the basic plane; the first half waits here for the
 * second.
 *
 * <p>Threads: the container's, one at a time.
 */
final class Utf8Pieces {
  /** A high surrogate that ended the last piece; 0: none. */
  private char half;

  ByteBuffer bytes(String piece) {
    int length = piece.length();
    boolean cut = length > 0 && Character.isHighSurrogate(piece.charAt(length - 1));
    if (half == 0 && !cut) {
      return ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder whole = new StringBuilder(length + 1);
    if (half != 0 && length > 0) {
      whole.append(half);
      half = 0;
    }
    whole.append(piece, 0, cut ? length - 1 : length);
    if (cut) {
      half = piece.charAt(length - 1);
    }
    return ByteBuffer.wrap(whole.toString().getBytes(StandardCharsets.UTF_8));
  }
}
