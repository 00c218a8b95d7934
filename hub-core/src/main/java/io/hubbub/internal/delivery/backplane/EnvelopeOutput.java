package io.hubbub.internal.delivery.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Appends the few kinds of MessagePack values that envelopes consist of, each in its shortest form.
 *
 * <p>Threads: one at a time.
 */
final class EnvelopeOutput {
  private static final int LONGEST_HEAD = 5;

  private byte[] bytes;
  private int size;

  EnvelopeOutput(int expectedSize) {
    bytes = new byte[expectedSize];
  }

  void array(int items) {
    reserve(LONGEST_HEAD);
    container(0x90, 0xDC, items);
  }

  void map(int entries) {
    reserve(LONGEST_HEAD);
    container(0x80, 0xDE, entries);
  }

  private void container(int fixed, int wide, int count) {
    if (count <= 0x0F) {
      store(fixed | count, 1);
    } else {
      boolean isShort = count <= 0xFFFF;
      store(isShort ? wide : wide + 1, 1);
      store(count, isShort ? 2 : 4);
    }
  }

  void integer(int value) {
    reserve(LONGEST_HEAD);
    if (value >= -32 && value <= 0x7F) {
      store(value, 1);
    } else if (value > 0) {
      sized(0xCC, value);
    } else if (value >= Byte.MIN_VALUE) {
      store(0xD0, 1);
      store(value, 1);
    } else if (value >= Short.MIN_VALUE) {
      store(0xD1, 1);
      store(value, 2);
    } else {
      store(0xD2, 1);
      store(value, 4);
    }
  }

  void string(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    reserve(LONGEST_HEAD + encoded.length);
    if (encoded.length <= 31) {
      store(0xA0 | encoded.length, 1);
    } else {
      sized(0xD9, encoded.length);
    }
    append(encoded);
  }

  void binary(byte[] data) {
    reserve(LONGEST_HEAD + data.length);
    sized(0xC4, data.length);
    append(data);
  }

  /** A format and a number of 1, 2 or 4 bytes; the formats of the three sizes follow each other. */
  private void sized(int shortest, int value) {
    if (value <= 0xFF) {
      store(shortest, 1);
      store(value, 1);
    } else if (value <= 0xFFFF) {
      store(shortest + 1, 1);
      store(value, 2);
    } else {
      store(shortest + 2, 1);
      store(value, 4);
    }
  }

  private void append(byte[] data) {
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
  }

  private void store(int value, int length) {
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** What was written; the last thing that is asked for. */
  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
