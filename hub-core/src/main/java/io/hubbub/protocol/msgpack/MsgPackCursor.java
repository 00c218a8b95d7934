package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.internal.RecentNames;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Moves over MessagePack in an array of bytes. {@link #skipValue} checks everything: lengths and
 * counts against the bytes that are there, before anything is allocated for them, and a bounded
 * depth. The reading methods trust what was checked before.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackCursor {
  /**
   * How many arrays and maps with something in them may be nested within one element of a message;
   * the original's limit. It fits into a stack of 512 KB whatever a payload is bound to.
   */
  static final int MAX_DEPTH = 500;

  static final int NIL = 0xC0;
  private static final int TIMESTAMP = -1;

  final byte[] data;
  final int end;
  int position;
  private int depth;

  MsgPackCursor(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** What the value at the position is. */
  MsgPackKind kind() {
    return position < end ? MsgPackKind.of(data[position] & 0xFF) : MsgPackKind.NONE;
  }

  /** Moves over nil, if it is next. */
  boolean skipNil() {
    if (position < end && (data[position] & 0xFF) == NIL) {
      position++;
      return true;
    }
    return false;
  }

  /** Checks the value at the position, and stays there. */
  void checkValue() {
    int start = position;
    skipValue();
    position = start;
  }

  /** The same for the array of arguments, which is no level of the payloads in it. */
  void checkArguments() {
    depth = -1;
    checkValue();
    depth = 0;
  }

  /** Moves over any value and checks it. */
  void skipValue() {
    require(1);
    int format = data[position++] & 0xFF;
    switch (MsgPackKind.of(format)) {
      case ARRAY -> skipAll(arrayLength(format));
      case MAP -> skipAll(2L * mapLength(format));
      case STRING -> skipBytes(stringLength(format));
      case BINARY -> skipBytes(sizedLength(format, 0xC4));
      case EXTENSION -> skipBytes(1 + extensionLength(format));
      case INTEGER -> skipBytes(integerSize(format));
      case FLOAT -> skipBytes(format == 0xCA ? Float.BYTES : Double.BYTES);
      case NIL, BOOLEAN -> {}
      default -> throw new HubProtocolException("Expected MessagePack but found the byte 0xC1");
    }
  }

  private void skipAll(long count) {
    if (count > end - position) {
      throw truncated();
    }
    if (count == 0) {
      return;
    }
    if (++depth > MAX_DEPTH) {
      throw new HubProtocolException("Expected at most " + MAX_DEPTH + " levels of MessagePack");
    }
    for (long i = 0; i < count; i++) {
      skipValue();
    }
    depth--;
  }

  private void skipBytes(long count) {
    require(count);
    position += (int) count;
  }

  private void require(long count) {
    if (count > end - position) {
      throw truncated();
    }
  }

  private static HubProtocolException truncated() {
    return new HubProtocolException("Expected more MessagePack but the message ends");
  }

  /** Moves over the head of an array and answers how many values follow. */
  int readArrayLength() {
    return (int) arrayLength(data[position++] & 0xFF);
  }

  /** Moves over the head of a map and answers how many pairs follow. */
  int readMapLength() {
    return (int) mapLength(data[position++] & 0xFF);
  }

  String readString() {
    int length = (int) stringLength(data[position++] & 0xFF);
    String text = new String(data, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** As {@link #readString}, for a string that is likely to come again. */
  String readName() {
    int length = (int) stringLength(data[position++] & 0xFF);
    String name = RecentNames.of(data, position, length);
    position += length;
    return name;
  }

  boolean readBoolean() {
    return (data[position++] & 0xFF) == 0xC3;
  }

  byte[] readBinary() {
    return readBytes((int) sizedLength(data[position++] & 0xFF, 0xC4));
  }

  /** What an extension holds, its type left out. */
  byte[] readExtension() {
    int length = (int) extensionLength(data[position++] & 0xFF);
    position++;
    return readBytes(length);
  }

  private byte[] readBytes(int length) {
    byte[] bytes = Arrays.copyOfRange(data, position, position + length);
    position += length;
    return bytes;
  }

  double readFloat() {
    return (data[position++] & 0xFF) == 0xCA
        ? Float.intBitsToFloat((int) unsigned(Float.BYTES))
        : Double.longBitsToDouble(unsigned(Double.BYTES));
  }

  /** Whether the float at the position has 32 bits only. */
  boolean isSingle() {
    return (data[position] & 0xFF) == 0xCA;
  }

  /** Whether the integer at the position is above the range of a long. */
  boolean isBig() {
    return (data[position] & 0xFF) == 0xCF && data[position + 1] < 0;
  }

  BigInteger readBig() {
    byte[] magnitude = new byte[Long.BYTES];
    System.arraycopy(data, position + 1, magnitude, 0, Long.BYTES);
    position += 1 + Long.BYTES;
    return new BigInteger(1, magnitude);
  }

  /** An integer that is not {@link #isBig}. */
  long readLong() {
    int format = data[position++];
    if (format >= -32) {
      return format;
    }
    int size = integerSize(format & 0xFF);
    long value = unsigned(size);
    if ((format & 0xFF) < 0xD0) {
      return value;
    }
    int unused = Long.SIZE - 8 * size;
    return value << unused >> unused;
  }

  /** Whether the extension at the position is a point in time. */
  boolean isTimestamp() {
    int format = data[position] & 0xFF;
    int head = 1 + lengthSize(format);
    if (data[position + head] != TIMESTAMP) {
      return false;
    }
    int before = position;
    position++;
    long length = extensionLength(format);
    position = before;
    return length == 4 || length == 8 || length == 12;
  }

  /**
   * A point in time.
   *
   * @throws DateTimeException if it is beyond the range of an {@link Instant}
   */
  Instant readTimestamp() {
    int length = (int) extensionLength(data[position++] & 0xFF);
    position++;
    if (length == 4) {
      return Instant.ofEpochSecond(unsigned(4));
    }
    if (length == 8) {
      long packed = unsigned(8);
      return instant(packed & 0x3_FFFF_FFFFL, packed >>> 34);
    }
    long nanos = unsigned(4);
    return instant(unsigned(8), nanos);
  }

  private static Instant instant(long seconds, long nanos) {
    if (nanos > 999_999_999) {
      throw new DateTimeException("Expected less than a second of nanoseconds");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private long arrayLength(int format) {
    return format <= 0x9F ? format & 0x0F : unsigned(format == 0xDC ? 2 : 4);
  }

  private long mapLength(int format) {
    return format <= 0x8F ? format & 0x0F : unsigned(format == 0xDE ? 2 : 4);
  }

  private long stringLength(int format) {
    return format <= 0xBF ? format & 0x1F : sizedLength(format, 0xD9);
  }

  /** A length of 1, 2 or 4 bytes. */
  private long sizedLength(int format, int shortest) {
    return unsigned(1 << (format - shortest));
  }

  /** Length of an extension's data, its type byte left out. */
  private long extensionLength(int format) {
    return format >= 0xD4 ? 1L << (format - 0xD4) : sizedLength(format, 0xC7);
  }

  /** How many bytes tell the length of an extension. */
  private static int lengthSize(int format) {
    return format >= 0xD4 ? 0 : 1 << (format - 0xC7);
  }

  private static int integerSize(int format) {
    return format < 0x80 || format >= 0xE0 ? 0 : 1 << (format & 0x03);
  }

  private long unsigned(int size) {
    require(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | data[position++] & 0xFF;
    }
    return value;
  }
}
