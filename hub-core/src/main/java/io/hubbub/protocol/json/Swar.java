package io.hubbub.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of text at a time. Each answer has the highest bit of a byte set where
 * something was found; only the first one is exact, because a subtraction may borrow from its
 * neighbour.
 *
 * <p>Threads: any.
 */
final class Swar {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Swar() {}

  /** Quotes, backslashes, control characters below U+0020 and bytes above 0x7F. */
  static long special(long eight) {
    return (equal(eight, '"') | equal(eight, '\\') | (eight - ONES * ' ') | eight) & HIGHS;
  }

  /** Quotes and backslashes. */
  static long quotesAndBackslashes(long eight) {
    return (equal(eight, '"') | equal(eight, '\\')) & ~eight & HIGHS;
  }

  /** One particular ASCII byte; bytes above 0x7F may be found, too. */
  static long equal(long eight, int ascii) {
    return (eight ^ ONES * ascii) - ONES;
  }

  /** Whether text can be copied into a JSON string as it is and does not hold {@code unwanted}. */
  static boolean isPlain(byte[] text, char unwanted) {
    int at = 0;
    for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
      long eight = eight(text, at);
      if (((special(eight) | equal(eight, 0x7F) | equal(eight, unwanted)) & HIGHS) != 0) {
        return false;
      }
    }
    for (; at < text.length; at++) {
      byte next = text[at];
      if (next < ' ' || next == '"' || next == '\\' || next == 0x7F || next == unwanted) {
        return false;
      }
    }
    return true;
  }

  /** The eight bytes at a place. */
  static long eight(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /** Which of the eight bytes, in little-endian order, was found first. */
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }
}
