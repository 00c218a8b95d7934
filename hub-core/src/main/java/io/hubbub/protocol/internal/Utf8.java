package io.hubbub.protocol.internal;

/**
 * Validity of UTF-8 (Unicode's table 3-7: no overlong forms, no surrogates, nothing above
 * U+10FFFF).
 *
 * <p>Threads: any.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

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

  /**
   * Copies a string's first characters for as long as they are ASCII.
   *
   * @param to has room for the whole string's length from {@code at} on
   * @return how many were copied
   */
  public static int copyAscii(String text, byte[] to, int at) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return i;
      }
      to[at + i] = (byte) c;
    }
    return length;
  }

  /** How many bytes {@link #encode} writes. */
  public static int encodedLength(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (isPair(text, i)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return Math.toIntExact(length);
  }

  /**
   * Encodes a string.
   *
   * @param to has room for {@link #encodedLength} bytes from {@code at} on
   * @return the place behind the last byte
   */
  public static int encode(String text, byte[] to, int at) {
    int end = at;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPair(text, i)) {
        end = put(Character.toCodePoint(c, text.charAt(++i)), to, end);
      } else {
        end = put(Character.isSurrogate(c) ? REPLACEMENT : c, to, end);
      }
    }
    return end;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /**
   * Encodes one character.
   *
   * @param to has room for it from {@code at} on
   * @return the place behind the last byte
   */
  public static int put(int point, byte[] to, int at) {
    int end = at;
    if (point < 0x80) {
      to[end++] = (byte) point;
    } else if (point < 0x800) {
      to[end++] = (byte) (0xC0 | point >> 6);
      to[end++] = tail(point);
    } else if (point < 0x10000) {
      to[end++] = (byte) (0xE0 | point >> 12);
      to[end++] = tail(point >> 6);
      to[end++] = tail(point);
    } else {
      to[end++] = (byte) (0xF0 | point >> 18);
      to[end++] = tail(point >> 12);
      to[end++] = tail(point >> 6);
      to[end++] = tail(point);
    }
    return end;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | bits & 0x3F);
  }
}
