package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubbub.protocol.RawResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values as MessagePack: the common ones directly, everything else through Jackson.
 *
 * <p>Threads: any.
 */
final class MsgPackValueWriter {
  private final ObjectMapper mapper;
  private final ObjectWriter objects;

  MsgPackValueWriter(ObjectMapper mapper) {
    this.mapper = mapper;
    this.objects = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
  }

  /**
   * Appends one value.
   *
   * @throws IOException if Jackson cannot write it
   * @throws RuntimeException if the application's code threw it
   */
  void write(MsgPackWriter writer, @Nullable Object value) throws IOException {
    if (value == null) {
      writer.nil();
    } else if (value instanceof String text) {
      writer.string(text);
    } else if (value instanceof Integer number) {
      writer.integer(number);
    } else if (value instanceof Long number) {
      writer.integer(number);
    } else if (value instanceof Boolean bool) {
      writer.bool(bool);
    } else if (value instanceof Double number) {
      writer.number(number.doubleValue());
    } else if (value instanceof byte[] bytes) {
      writer.binary(bytes, 0, bytes.length);
    } else if (value instanceof RawResult raw) {
      writer.out.put(raw.bytes());
    } else {
      objects.writeValue(new MsgPackGenerator(writer, mapper), value);
    }
  }
}
