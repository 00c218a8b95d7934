package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.internal.ByteBuilder;
import io.hubbub.protocol.internal.Utf8;
import java.time.Instant;

/**
 * Appends MessagePack values to bytes, each in its shortest form.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackWriter {
  private static final int LONGEST_HEAD = 9;
  private static final int LONGEST_FIXED_STRING = 31;

  final ByteBuilder out;

  MsgPackWriter(ByteBuilder out) {
    this.out = out;
  }

  void nil() {
    out.put(MsgPackCursor.NIL);
  }

  void bool(boolean value) {
    out.put(value ? 0xC3 : 0xC2);
  }

  void integer(long value) {
    out.reserve(LONGEST_HEAD);
    if (value >= 0) {
      positive(value);
    } else if (value >= -32) {
      store(value, 1);
    } else if (value >= Byte.MIN_VALUE) {
      head(0xD0, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      head(0xD1, value, 2);
    } else if (value >= Integer.MIN_VALUE) {
      head(0xD2, value, 4);
    } else {
      head(0xD3, value, 8);
    }
  }

  private void positive(long value) {
    if (value <= 0x7F) {
      store(value, 1);
    } else if (value <= 0xFF) {
      head(0xCC, value, 1);
    } else if (value <= 0xFFFF) {
      head(0xCD, value, 2);
    } else if (value <= 0xFFFF_FFFFL) {
      head(0xCE, value, 4);
    } else {
      head(0xCF, value, 8);
    }
  }

  /** An integer above the range of a long, as its 64 bits. */
  void big(long bits) {
    out.reserve(LONGEST_HEAD);
    head(0xCF, bits, 8);
  }

  void number(double value) {
    out.reserve(LONGEST_HEAD);
    head(0xCB, Double.doubleToRawLongBits(value), 8);
  }

  void number(float value) {
    out.reserve(LONGEST_HEAD);
    head(0xCA, Float.floatToRawIntBits(value), 4);
  }

  void string(String text) {
    int length = text.length();
    out.reserve(LONGEST_HEAD + length);
    int before = out.size;
    stringHead(length);
    if (Utf8.copyAscii(text, out.bytes, out.size) == length) {
      out.size += length;
    } else {
      out.size = before;
      int encoded = Utf8.encodedLength(text);
      out.reserve(LONGEST_HEAD + encoded);
      stringHead(encoded);
      out.size = Utf8.encode(text, out.bytes, out.size);
    }
  }

  private void stringHead(int length) {
    if (length <= LONGEST_FIXED_STRING) {
      store(0xA0 | length, 1);
    } else {
      sizedHead(0xD9, length);
    }
  }

  void binary(byte[] data, int offset, int length) {
    out.reserve(LONGEST_HEAD + length);
    sizedHead(0xC4, length);
    out.put(data, offset, length);
  }

  private void sizedHead(int shortest, int length) {
    if (length <= 0xFF) {
      head(shortest, length, 1);
    } else if (length <= 0xFFFF) {
      head(shortest + 1, length, 2);
    } else {
      head(shortest + 2, length, 4);
    }
  }

  void arrayHead(int length) {
    containerHead(0x90, 0xDC, length);
  }

  void mapHead(int length) {
    containerHead(0x80, 0xDE, length);
  }

  private void containerHead(int fixed, int medium, int length) {
    out.reserve(LONGEST_HEAD);
    if (length <= 0x0F) {
      store(fixed | length, 1);
    } else if (length <= 0xFFFF) {
      head(medium, length, 2);
    } else {
      head(medium + 1, length, 4);
    }
  }

  /** A point in time as the extension that MessagePack defines for it. */
  void timestamp(Instant instant) {
    long seconds = instant.getEpochSecond();
    long nanos = instant.getNano();
    out.reserve(16);
    if (seconds >>> 34 != 0) {
      head(0xC7, 12, 1);
      store(0xFF, 1);
      store(nanos, 4);
      store(seconds, 8);
    } else if (nanos != 0 || seconds > 0xFFFF_FFFFL) {
      head(0xD7, 0xFF, 1);
      store(nanos << 34 | seconds, 8);
    } else {
      head(0xD6, 0xFF, 1);
      store(seconds, 4);
    }
  }

  private void head(int format, long value, int size) {
    store(format, 1);
    store(value, size);
  }

  /** The lowest bytes of a value, highest first. Room is reserved. */
  private void store(long value, int size) {
    byte[] bytes = out.bytes;
    int at = out.size;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      bytes[at++] = (byte) (value >>> shift);
    }
    out.size = at;
  }
}
