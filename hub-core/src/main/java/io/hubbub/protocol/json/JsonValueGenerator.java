package io.hubbub.protocol.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import io.hubbub.protocol.internal.Mappers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Lets Jackson write an object through our {@link JsonWriter}: the same escapes and numbers
 * everywhere, no buffer in between, and a bounded depth.
 *
 * <p>Threads: one at a time.
 */
final class JsonValueGenerator extends GeneratorBase {
  private final JsonWriter writer;

  @SuppressWarnings("deprecation") // the other constructor wants buffers that are not needed here
  JsonValueGenerator(JsonWriter writer, ObjectCodec codec) {
    super(0, codec);
    this.writer = writer;
  }

  @Override
  protected void _verifyValueWrite(String what) throws IOException {
    switch (_writeContext.writeValue()) {
      case JsonWriteContext.STATUS_OK_AFTER_COMMA -> writer.raw(',');
      case JsonWriteContext.STATUS_OK_AFTER_COLON -> writer.raw(':');
      case JsonWriteContext.STATUS_EXPECT_NAME ->
          throw new JsonGenerationException("Expected a name before " + what, this);
      case JsonWriteContext.STATUS_OK_AFTER_SPACE ->
          throw new JsonGenerationException("Expected one value only but got another", this);
      default -> {}
    }
  }

  private void verifyDepth() throws IOException {
    if (_writeContext.getNestingDepth() > Mappers.MAX_PAYLOAD_DEPTH) {
      throw new StreamConstraintsException(
          "Expected at most " + Mappers.MAX_PAYLOAD_DEPTH + " levels of arrays and objects");
    }
  }

  @Override
  public void writeStartArray() throws IOException {
    _verifyValueWrite("an array");
    _writeContext = _writeContext.createChildArrayContext();
    verifyDepth();
    writer.raw('[');
  }

  @Override
  public void writeEndArray() {
    writer.raw(']');
    _writeContext = _writeContext.clearAndGetParent();
  }

  @Override
  public void writeStartObject() throws IOException {
    _verifyValueWrite("an object");
    _writeContext = _writeContext.createChildObjectContext();
    verifyDepth();
    writer.raw('{');
  }

  @Override
  public void writeStartObject(Object forValue) throws IOException {
    writeStartObject();
    _writeContext.setCurrentValue(forValue);
  }

  @Override
  public void writeEndObject() {
    writer.raw('}');
    _writeContext = _writeContext.clearAndGetParent();
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    switch (_writeContext.writeFieldName(name)) {
      case JsonWriteContext.STATUS_OK_AFTER_COMMA -> writer.raw(',');
      case JsonWriteContext.STATUS_EXPECT_VALUE ->
          throw new JsonGenerationException("Expected a value before the next name", this);
      default -> {}
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
  public void writeRawUTF8String(byte[] buffer, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeUTF8String(byte[] buffer, int offset, int length) throws IOException {
    writeString(new String(buffer, offset, length, java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void writeRaw(String text) {
    writer.raw(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void writeRaw(String text, int offset, int length) {
    writeRaw(text.substring(offset, offset + length));
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) {
    writeRaw(new String(text, offset, length));
  }

  @Override
  public void writeRaw(char c) {
    writeRaw(String.valueOf(c));
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length)
      throws IOException {
    _verifyValueWrite("bytes");
    writer.base64(data, offset, length);
  }

  @Override
  public void writeNumber(int value) throws IOException {
    _verifyValueWrite("a number");
    writer.number(value);
  }

  @Override
  public void writeNumber(long value) throws IOException {
    _verifyValueWrite("a number");
    writer.number(value);
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
    writeNumber(String.valueOf(value));
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    writeNumber(String.valueOf(value));
  }

  @Override
  public void writeNumber(String encoded) throws IOException {
    _verifyValueWrite("a number");
    writer.ascii(encoded);
  }

  @Override
  public void writeBoolean(boolean value) throws IOException {
    _verifyValueWrite("a boolean");
    writer.bool(value);
  }

  @Override
  public void writeNull() throws IOException {
    _verifyValueWrite("null");
    writer.nothing();
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}
}
