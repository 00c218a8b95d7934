package io.hubbub.protocol.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.hubbub.protocol.internal.ByteBuilder;
import io.hubbub.protocol.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Appends JSON tokens to bytes. It knows how a token is written, not where a comma is due.
 *
 * <p>Only what JSON demands is escaped, and a few characters that the original escapes as well:
 * U+007F, U+2028, U+2029, U+FEFF and everything beyond the basic plane. So a record never holds a
 * bare 0x1E.
 *
 * <p>Threads: one at a time.
 */
final class JsonWriter {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NUMBER = 32;
  private static final int LONGEST_ESCAPE = 6;
  private static final int LONG_STRING = 48;

  /** Whole doubles below this are written without a fraction, as the original does. */
  private static final double EXACT_WHOLE = 1L << 53;

  /** ASCII characters that are written as they are. */
  private static final boolean[] PLAIN = plain();

  final ByteBuilder out;

  JsonWriter(ByteBuilder out) {
    this.out = out;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    for (int c = ' '; c < 0x7F; c++) {
      plain[c] = c != '"' && c != '\\';
    }
    return plain;
  }

  void raw(byte[] text) {
    out.put(text);
  }

  void raw(char ascii) {
    out.put(ascii);
  }

  void nothing() {
    ascii("null");
  }

  void bool(boolean value) {
    ascii(value ? "true" : "false");
  }

  /** Text that needs no escape. */
  @SuppressWarnings("deprecation") // exactly what it is for: the low bytes, without a copy
  void ascii(String text) {
    int length = text.length();
    out.reserve(length);
    text.getBytes(0, length, out.bytes, out.size);
    out.size += length;
  }

  void number(int value) {
    out.reserve(LONGEST_NUMBER);
    out.size = NumberOutput.outputInt(value, out.bytes, out.size);
  }

  void number(long value) {
    out.reserve(LONGEST_NUMBER);
    out.size = NumberOutput.outputLong(value, out.bytes, out.size);
  }

  /**
   * The shortest text that reads back as the same double; whole numbers without a fraction, because
   * readers of integers refuse {@code 1.0}.
   *
   * @throws IllegalArgumentException if JSON has no such number
   */
  void number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Expected a finite number but got " + value);
    }
    if (Math.abs(value) < EXACT_WHOLE && value == Math.rint(value)) {
      whole(value);
    } else {
      ascii(NumberOutput.toString(value, true));
    }
  }

  /**
   * As {@link #number(double)}, with the digits of a float.
   *
   * @throws IllegalArgumentException if JSON has no such number
   */
  void number(float value) {
    if (!Float.isFinite(value) || value == Math.rint(value)) {
      number((double) value);
    } else {
      ascii(NumberOutput.toString(value, true));
    }
  }

  private void whole(double value) {
    if (value == 0 && 1 / value < 0) {
      raw('-');
    }
    number((long) value);
  }

  /** Bytes as a string of Base64, with padding. */
  void base64(byte[] data, int offset, int length) {
    out.put('"');
    byte[] source = Arrays.copyOfRange(data, offset, offset + length);
    out.put(Base64.getEncoder().encode(source));
    out.put('"');
  }

  void string(String text) {
    int length = text.length();
    if (length >= LONG_STRING && longPlainString(text)) {
      return;
    }
    out.reserve(length + 2);
    byte[] bytes = out.bytes;
    int to = out.size;
    bytes[to++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        break;
      }
      bytes[to++] = (byte) c;
    }
    out.size = to;
    if (i < length) {
      escaped(text, i);
    }
    out.put('"');
  }

  /**
   * The JDK encodes a long string several times faster than a loop over its characters, even with
   * the copy.
   *
   * @return false, and nothing is written, if anything in it needs more than a copy
   */
  private boolean longPlainString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    // A question mark may stand for half a surrogate pair.
    if (utf8.length != text.length() || !Swar.isPlain(utf8, '?')) {
      return false;
    }
    out.reserve(utf8.length + 2);
    out.put('"');
    out.put(utf8);
    out.put('"');
    return true;
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      out.reserve(2 * LONGEST_ESCAPE);
      if (c < PLAIN.length) {
        ascii(c);
      } else if (!Character.isSurrogate(c)) {
        basicPlane(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        unit(c);
        unit(text.charAt(++i));
      } else {
        // Half a pair is no character; a reader would refuse the whole message.
        basicPlane('\uFFFD');
      }
    }
  }

  /** One character below U+0080. Room is reserved. */
  private void ascii(char c) {
    if (PLAIN[c]) {
      store(c);
      return;
    }
    int letter =
        switch (c) {
          case '"', '\\' -> c;
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (letter == 0) {
      unit(c);
    } else {
      store('\\');
      store(letter);
    }
  }

  private void basicPlane(char c) {
    if (c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
      unit(c);
    } else {
      out.size = Utf8.put(c, out.bytes, out.size);
    }
  }

  private void unit(char unit) {
    store('\\');
    store('u');
    store(HEX[unit >> 12]);
    store(HEX[unit >> 8 & 0xF]);
    store(HEX[unit >> 4 & 0xF]);
    store(HEX[unit & 0xF]);
  }

  private void store(int value) {
    out.bytes[out.size++] = (byte) value;
  }
}
