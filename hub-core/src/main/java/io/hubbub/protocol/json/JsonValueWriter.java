package io.hubbub.protocol.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubbub.protocol.RawResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values as JSON: the common ones directly, everything else through Jackson.
 *
 * <p>Threads: any.
 */
final class JsonValueWriter {
  private final ObjectMapper mapper;
  private final ObjectWriter objects;

  JsonValueWriter(ObjectMapper mapper) {
    this.mapper = mapper;
    this.objects = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
  }

  /**
   * Appends one value.
   *
   * @throws IOException if Jackson cannot write it
   * @throws RuntimeException if it is no JSON value, or the application's code threw this
   */
  void write(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value == null) {
      writer.nothing();
    } else if (value instanceof String text) {
      writer.string(text);
    } else if (value instanceof Integer number) {
      writer.number(number.intValue());
    } else if (value instanceof Long number) {
      writer.number(number.longValue());
    } else if (value instanceof Boolean bool) {
      writer.bool(bool);
    } else if (value instanceof Double number) {
      writer.number(number.doubleValue());
    } else if (value instanceof RawResult raw) {
      writer.raw(raw.bytes());
    } else {
      objects.writeValue(new JsonValueGenerator(writer, mapper), value);
    }
  }
}
