package io.hubbub.protocol.internal;

import java.util.Arrays;

/**
 * A growing array of bytes, open to the codecs so that they write without a call per byte: reserve,
 * then store at {@link #size}.
 *
 * <p>Threads: one at a time.
 */
public final class ByteBuilder {
  /** The bytes; valid up to {@link #size}. Replaced when {@link #reserve} grows. */
  public byte[] bytes;

  /** How many bytes are written. */
  public int size;

  /**
   * @param capacity how many bytes fit before it grows
   */
  public ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  /** Makes room for at least {@code more} bytes behind the size. */
  public void reserve(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
  }

  private void grow(int more) {
    int needed = Math.addExact(size, more);
    int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
    bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
  }

  /** Appends one byte. */
  public void put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Appends a range of an array. */
  public void put(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Appends a whole array. */
  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** A copy of what is written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
