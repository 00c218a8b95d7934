package io.hubbub.protocol.internal;

/**
 * Validity of UTF-8 (Unicode's table 3-7: no overlong forms, no surrogates, nothing above
 * U+10FFFF).
 *
 * <p>Threads: any.
 */
public final class Utf8 {
  private Utf8() {}

  /**
   * The length of the multi-byte sequence that begins at {@code at}.
   *
   * @return 2 to 4, or 0 if there is no valid one
   */
  public static int sequenceLength(byte[] data, int at, int end) {
    int lead = data[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (end - at < length || !isSecond(lead, data[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((data[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isSecond(int lead, int second) {
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= lowest && second <= highest;
  }
}
