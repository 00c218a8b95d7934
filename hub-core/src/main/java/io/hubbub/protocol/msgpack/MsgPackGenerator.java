package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ObjectCodec;
import io.hubbub.protocol.internal.ByteBuilder;
import io.hubbub.protocol.internal.ValueGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * Lets Jackson write an object as MessagePack. The head of an array or map tells its size, which
 * Jackson knows only at its end: one byte is kept free for the head, and more is made room for when
 * it turns out to be longer.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackGenerator extends ValueGenerator {
  private static final int SHORT_HEAD = 1;
  private static final int USUAL_DEPTH = 16;

  /** What peers read: the last level may hold an empty array or map. */
  private static final int MAX_DEPTH = MsgPackCursor.MAX_DEPTH + 1;

  private final MsgPackWriter writer;

  /** Where the heads of the open arrays and maps are, by depth. */
  private int[] heads = new int[USUAL_DEPTH];

  MsgPackGenerator(MsgPackWriter writer, ObjectCodec codec) {
    super(codec, MAX_DEPTH);
    this.writer = writer;
  }

  @Override
  protected void open(boolean object) {
    int depth = _writeContext.getNestingDepth();
    if (depth == heads.length) {
      heads = Arrays.copyOf(heads, 2 * depth);
    }
    heads[depth] = writer.out.size;
    writer.out.put(0);
  }

  @Override
  protected void close(boolean object) {
    int count = _writeContext.getEntryCount();
    int head = heads[_writeContext.getNestingDepth()];
    ByteBuilder out = writer.out;
    int more = (count <= 0x0F ? 1 : count <= 0xFFFF ? 3 : 5) - SHORT_HEAD;
    int body = out.size - head - SHORT_HEAD;
    if (more > 0) {
      out.reserve(more);
      System.arraycopy(out.bytes, head + SHORT_HEAD, out.bytes, head + SHORT_HEAD + more, body);
    }
    out.size = head;
    if (object) {
      writer.mapHead(count);
    } else {
      writer.arrayHead(count);
    }
    out.size += body;
  }

  @Override
  protected void text(String text) {
    writer.string(text);
  }

  @Override
  public void writeRawUTF8String(byte[] buffer, int offset, int length) throws IOException {
    writeUTF8String(buffer, offset, length);
  }

  @Override
  public void writeRaw(String text) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length)
      throws IOException {
    _verifyValueWrite("bytes");
    writer.binary(data, offset, length);
  }

  /** A point in time; callable by serializers that know this generator. */
  void writeTimestamp(Instant instant) throws IOException {
    _verifyValueWrite("a timestamp");
    writer.timestamp(instant);
  }

  @Override
  public void writeNumber(int value) throws IOException {
    writeNumber((long) value);
  }

  @Override
  public void writeNumber(long value) throws IOException {
    _verifyValueWrite("a number");
    writer.integer(value);
  }

  @Override
  public void writeNumber(double value) throws IOException {
    _verifyValueWrite("a number");
    writer.number(value);
  }

  @Override
  public void writeNumber(float value) throws IOException {
    _verifyValueWrite("a number");
    writer.number(value);
  }

  @Override
  public void writeNumber(BigInteger value) throws IOException {
    if (value.bitLength() < Long.SIZE) {
      writeNumber(value.longValue());
    } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
      _verifyValueWrite("a number");
      writer.big(value.longValue());
    } else {
      writeString(value.toString());
    }
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    writeString(value.toString());
  }

  @Override
  public void writeNumber(String encoded) throws IOException {
    writeString(encoded);
  }

  @Override
  public void writeBoolean(boolean value) throws IOException {
    _verifyValueWrite("a boolean");
    writer.bool(value);
  }

  @Override
  public void writeNull() throws IOException {
    _verifyValueWrite("null");
    writer.nil();
  }
}
