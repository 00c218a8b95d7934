package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import io.hubbub.protocol.internal.ByteBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Lets Jackson write an object as MessagePack. The head of an array or map tells its size, which
 * Jackson knows only at its end: one byte is kept free for the head, and more is made room for when
 * it turns out to be longer.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackGenerator extends GeneratorBase {
  private static final int SHORT_HEAD = 1;
  private static final int USUAL_DEPTH = 16;

  /** What peers read: the last level may hold an empty array or map. */
  private static final int MAX_DEPTH = MsgPackCursor.MAX_DEPTH + 1;

  private final MsgPackWriter writer;

  /** Where the heads of the open arrays and maps are, by depth. */
  private int[] heads = new int[USUAL_DEPTH];

  @SuppressWarnings("deprecation") // the other constructor wants buffers that are not needed here
  MsgPackGenerator(MsgPackWriter writer, ObjectCodec codec) {
    super(0, codec);
    this.writer = writer;
  }

  @Override
  protected void _verifyValueWrite(String what) throws IOException {
    switch (_writeContext.writeValue()) {
      case JsonWriteContext.STATUS_EXPECT_NAME ->
          throw new JsonGenerationException("Expected a name before " + what, this);
      case JsonWriteContext.STATUS_OK_AFTER_SPACE ->
          throw new JsonGenerationException("Expected one value only but got another", this);
      default -> {}
    }
  }

  private void begin() throws IOException {
    int depth = _writeContext.getNestingDepth();
    if (depth > MAX_DEPTH) {
      throw new StreamConstraintsException(
          "Expected at most " + MAX_DEPTH + " levels of arrays and maps");
    }
    if (depth == heads.length) {
      heads = Arrays.copyOf(heads, 2 * depth);
    }
    heads[depth] = writer.out.size;
    writer.out.put(0);
  }

  private void end(boolean map) {
    int count = _writeContext.getEntryCount();
    int head = heads[_writeContext.getNestingDepth()];
    _writeContext = _writeContext.clearAndGetParent();
    ByteBuilder out = writer.out;
    int more = (count <= 0x0F ? 1 : count <= 0xFFFF ? 3 : 5) - SHORT_HEAD;
    int body = out.size - head - SHORT_HEAD;
    if (more > 0) {
      out.reserve(more);
      System.arraycopy(out.bytes, head + SHORT_HEAD, out.bytes, head + SHORT_HEAD + more, body);
    }
    out.size = head;
    if (map) {
      writer.mapHead(count);
    } else {
      writer.arrayHead(count);
    }
    out.size += body;
  }

  @Override
  public void writeStartArray() throws IOException {
    _verifyValueWrite("an array");
    _writeContext = _writeContext.createChildArrayContext();
    begin();
  }

  @Override
  public void writeEndArray() {
    end(false);
  }

  @Override
  public void writeStartObject() throws IOException {
    _verifyValueWrite("an object");
    _writeContext = _writeContext.createChildObjectContext();
    begin();
  }

  @Override
  public void writeStartObject(Object forValue) throws IOException {
    writeStartObject();
    _writeContext.setCurrentValue(forValue);
  }

  @Override
  public void writeEndObject() {
    end(true);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    if (_writeContext.writeFieldName(name) == JsonWriteContext.STATUS_EXPECT_VALUE) {
      throw new JsonGenerationException("Expected a value before the next name", this);
    }
    writer.string(name);
  }

  @Override
  public void writeString(String text) throws IOException {
    if (text == null) {
      writeNull();
      return;
    }
    _verifyValueWrite("a string");
    writer.string(text);
  }

  @Override
  public void writeString(char[] buffer, int offset, int length) throws IOException {
    writeString(new String(buffer, offset, length));
  }

  @Override
  public void writeRawUTF8String(byte[] buffer, int offset, int length) throws IOException {
    writeUTF8String(buffer, offset, length);
  }

  @Override
  public void writeUTF8String(byte[] buffer, int offset, int length) throws IOException {
    writeString(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void writeRaw(String text) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(String text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char c) {
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

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}
}
