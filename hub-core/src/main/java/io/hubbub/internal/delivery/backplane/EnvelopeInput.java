package io.hubbub.internal.delivery.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubbub.protocol.HubProtocolException;
import java.util.Arrays;

/**
 * Reads the few kinds of MessagePack values that envelopes consist of, in any of their forms. A
 * length or count is compared with the bytes that are there before anything is made of it.
 *
 * <p>Threads: one at a time.
 */
final class EnvelopeInput {
  private static final int NIL = 0xC0;

  private final byte[] bytes;
  private int position;

  EnvelopeInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many items of an array follow. */
  int array() {
    return container(0x90, 0xDC, "an array");
  }

  /** How many entries of a map follow. */
  int map() {
    return container(0x80, 0xDE, "a map");
  }

  private int container(int fixed, int wide, String what) {
    int format = next();
    long count;
    if ((format & 0xF0) == fixed) {
      count = format & 0x0F;
    } else if (format == wide || format == wide + 1) {
      count = unsigned(format == wide ? 2 : 4);
    } else {
      throw unexpected(what, format);
    }
    // Each item takes a byte at the least.
    return checked(count);
  }

  /** Moves over nil, if it is next. */
  boolean nil() {
    boolean isNil = position < bytes.length && (bytes[position] & 0xFF) == NIL;
    if (isNil) {
      position++;
    }
    return isNil;
  }

  int integer() {
    int format = next();
    long value;
    if (format <= 0x7F || format >= 0xE0) {
      value = (byte) format;
    } else if (format >= 0xCC && format <= 0xCF) {
      value = unsigned(1 << (format - 0xCC));
      // The highest bit of the longest form is no sign.
      value = value < 0 ? Long.MAX_VALUE : value;
    } else if (format >= 0xD0 && format <= 0xD3) {
      int unused = Long.SIZE - 8 * (1 << (format - 0xD0));
      value = unsigned(1 << (format - 0xD0)) << unused >> unused;
    } else {
      throw unexpected("an integer", format);
    }
    if (value != (int) value) {
      throw new HubProtocolException("Expected an integer of 32 bits, but found " + value);
    }
    return (int) value;
  }

  String string() {
    int format = next();
    long length;
    if (format >= 0xA0 && format <= 0xBF) {
      length = format & 0x1F;
    } else if (format >= 0xD9 && format <= 0xDB) {
      length = unsigned(1 << (format - 0xD9));
    } else {
      throw unexpected("a string", format);
    }
    int start = position;
    position += checked(length);
    return new String(bytes, start, position - start, UTF_8);
  }

  byte[] binary() {
    int format = next();
    if (format < 0xC4 || format > 0xC6) {
      throw unexpected("binary", format);
    }
    int length = checked(unsigned(1 << (format - 0xC4)));
    int start = position;
    position += length;
    return Arrays.copyOfRange(bytes, start, position);
  }

  private int checked(long count) {
    if (count > bytes.length - position) {
      throw new HubProtocolException(
          "Expected "
              + count
              + " more, but found the last "
              + (bytes.length - position)
              + " bytes");
    }
    return (int) count;
  }

  private int next() {
    checked(1);
    return bytes[position++] & 0xFF;
  }

  private long unsigned(int size) {
    checked(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | bytes[position++] & 0xFF;
    }
    return value;
  }

  private static HubProtocolException unexpected(String expected, int format) {
    return new HubProtocolException(
        "Expected "
            + expected
            + ", but found the MessagePack format "
            + Integer.toHexString(format));
  }
}
