package io.hubbub.transport.netty;

/**
 * Checks that a text message is UTF-8, in whatever pieces it comes.
 *
 * <p>Threads: one at a time.
 */
final class Utf8 {
  /** How many continuation bytes are still to come. */
  private int missing;

  /** The range of the next continuation byte: narrower than usual after some lead bytes. */
  private int lowest = 0x80;

  private int highest = 0xBF;

  /** Whether no character is half read. */
  boolean isComplete() {
    return missing == 0;
  }

  /** Begins anew. */
  void reset() {
    missing = 0;
    lowest = 0x80;
    highest = 0xBF;
  }

  /** Whether a piece goes on correctly where the last one ended. */
  boolean accept(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int value = bytes[i] & 0xFF;
      if (missing == 0) {
        if (value >= 0x80 && !lead(value)) {
          return false;
        }
      } else {
        if (value < lowest || value > highest) {
          return false;
        }
        missing--;
        lowest = 0x80;
        highest = 0xBF;
      }
    }
    return true;
  }

  /** Over-long forms, surrogates and what lies above U+10FFFF are refused by the second byte. */
  private boolean lead(int value) {
    if (value < 0xC2 || value > 0xF4) {
      return false;
    }
    missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    switch (value) {
      case 0xE0 -> lowest = 0xA0;
      case 0xED -> highest = 0x9F;
      case 0xF0 -> lowest = 0x90;
      case 0xF4 -> highest = 0x8F;
      default -> {}
    }
    return true;
  }
}
