package io.hubbub.protocol.internal;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the generators of both protocols have in common: the order of names and values, a bounded
 * depth, and the many forms in which Jackson hands over a string.
 *
 * <p>Threads: one at a time.
 */
public abstract class ValueGenerator extends GeneratorBase {
  private final int maxDepth;

  /**
   * A generator for one value.
   *
   * @param maxDepth how many arrays and objects may be open
   */
  @SuppressWarnings("deprecation") // the other constructor wants buffers that are not needed here
  protected ValueGenerator(ObjectCodec codec, int maxDepth) {
    super(0, codec);
    this.maxDepth = maxDepth;
  }

  /** Writes the beginning of an array or object, whose context is the current one. */
  protected abstract void open(boolean object);

  /** Writes the end of the array or object whose context is the current one. */
  protected abstract void close(boolean object);

  /** Writes a name or a string. */
  protected abstract void text(String text);

  /**
   * Writes what stands between a name or value and what is before it. Default: nothing.
   *
   * @param status what {@link JsonWriteContext} says of the place
   */
  protected void separate(int status) {}

  @Override
  protected final void _verifyValueWrite(String what) throws IOException {
    int status = _writeContext.writeValue();
    if (status == JsonWriteContext.STATUS_EXPECT_NAME) {
      throw new JsonGenerationException("Expected a name before " + what, this);
    }
    if (status == JsonWriteContext.STATUS_OK_AFTER_SPACE) {
      throw new JsonGenerationException("Expected one value only but got another", this);
    }
    separate(status);
  }

  private void begin(JsonWriteContext child, boolean object) throws IOException {
    _writeContext = child;
    if (child.getNestingDepth() > maxDepth) {
      throw new StreamConstraintsException(
          "Expected at most " + maxDepth + " levels of arrays and objects");
    }
    open(object);
  }

  private void end(boolean object) {
    close(object);
    _writeContext = _writeContext.clearAndGetParent();
  }

  @Override
  public final void writeStartArray() throws IOException {
    _verifyValueWrite("an array");
    begin(_writeContext.createChildArrayContext(), false);
  }

  @Override
  public final void writeEndArray() {
    end(false);
  }

  @Override
  public final void writeStartObject() throws IOException {
    _verifyValueWrite("an object");
    begin(_writeContext.createChildObjectContext(), true);
  }

  @Override
  public final void writeStartObject(Object forValue) throws IOException {
    writeStartObject();
    _writeContext.setCurrentValue(forValue);
  }

  @Override
  public final void writeEndObject() {
    end(true);
  }

  @Override
  public final void writeFieldName(String name) throws IOException {
    int status = _writeContext.writeFieldName(name);
    if (status == JsonWriteContext.STATUS_EXPECT_VALUE) {
      throw new JsonGenerationException("Expected a value before the next name", this);
    }
    separate(status);
    text(name);
  }

  @Override
  public final void writeString(String text) throws IOException {
    if (text == null) {
      writeNull();
      return;
    }
    _verifyValueWrite("a string");
    text(text);
  }

  @Override
  public final void writeString(char[] buffer, int offset, int length) throws IOException {
    writeString(new String(buffer, offset, length));
  }

  @Override
  public final void writeUTF8String(byte[] buffer, int offset, int length) throws IOException {
    writeString(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public final void writeRaw(String text, int offset, int length) throws IOException {
    writeRaw(text.substring(offset, offset + length));
  }

  @Override
  public final void writeRaw(char[] text, int offset, int length) throws IOException {
    writeRaw(new String(text, offset, length));
  }

  @Override
  public final void writeRaw(char c) throws IOException {
    writeRaw(String.valueOf(c));
  }

  @Override
  public final void flush() {}

  @Override
  protected final void _releaseBuffers() {}
}
