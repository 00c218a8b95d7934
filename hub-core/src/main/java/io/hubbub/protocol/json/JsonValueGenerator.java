package io.hubbub.protocol.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import io.hubbub.protocol.internal.Mappers;
import io.hubbub.protocol.internal.ValueGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Lets Jackson write an object through our {@link JsonWriter}: the same escapes and numbers
 * everywhere, no buffer in between, and a bounded depth.
 *
 * <p>Threads: one at a time.
 */
final class JsonValueGenerator extends ValueGenerator {
  private final JsonWriter writer;

  JsonValueGenerator(JsonWriter writer, ObjectCodec codec) {
    super(codec, Mappers.MAX_PAYLOAD_DEPTH);
    this.writer = writer;
  }

  @Override
  protected void open(boolean object) {
    writer.raw(object ? '{' : '[');
  }

  @Override
  protected void close(boolean object) {
    writer.raw(object ? '}' : ']');
  }

  @Override
  protected void text(String text) {
    writer.string(text);
  }

  @Override
  protected void separate(int status) {
    if (status == JsonWriteContext.STATUS_OK_AFTER_COMMA) {
      writer.raw(',');
    } else if (status == JsonWriteContext.STATUS_OK_AFTER_COLON) {
      writer.raw(':');
    }
  }

  @Override
  public void writeRawUTF8String(byte[] buffer, int offset, int length) {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(String text) {
    writer.raw(text.getBytes(StandardCharsets.UTF_8));
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
}
