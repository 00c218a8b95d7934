package io.hubbub.protocol.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.TextRecords;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.internal.BuilderPool;
import io.hubbub.protocol.internal.ByteBuilder;
import io.hubbub.protocol.internal.Mappers;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The JSON hub protocol. Payloads are bound and written by Jackson's rules with these defaults:
 * camel case as the Java names are, read without regard to case; unknown members ignored; nulls
 * written; enums by name and read by name or number; {@code byte[]} as Base64; {@code java.time} as
 * ISO-8601 text; nothing converted silently between strings, numbers and booleans.
 *
 * <p>Threads: immutable; any.
 */
public final class JsonHubProtocol implements HubProtocol {
  private static final String NAME = "json";
  private static final int VERSION = 2;

  private final JsonMessageReader reader;
  private final JsonValueWriter values;

  private JsonHubProtocol(ObjectMapper mapper) {
    this.reader = new JsonMessageReader(new JsonValueReader(mapper));
    this.values = new JsonValueWriter(mapper);
  }

  /** The protocol with its defaults. */
  public static JsonHubProtocol create() {
    return builder().build();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.TEXT;
  }

  @Override
  public int frameLength(ByteBuffer input, int scanned, int maxLength) {
    return TextRecords.INSTANCE.frameLength(input, scanned, maxLength);
  }

  @Override
  public @Nullable HubMessage parse(ByteBuffer frame, InvocationBinder binder) {
    int length = frame.remaining() - 1;
    if (length < 0 || frame.get(frame.limit() - 1) != TextRecords.SEPARATOR) {
      throw new HubProtocolException("Expected a record that ends in 0x1E");
    }
    if (frame.hasArray()) {
      int start = frame.arrayOffset() + frame.position();
      frame.position(frame.limit());
      return reader.read(new JsonCursor(frame.array(), start, start + length), binder);
    }
    ByteBuilder copy = BuilderPool.borrow();
    try {
      copy.reserve(length + 1);
      frame.get(copy.bytes, 0, length + 1);
      return reader.read(new JsonCursor(copy.bytes, 0, length), binder);
    } finally {
      BuilderPool.giveBack(copy);
    }
  }

  @Override
  public byte[] encode(HubMessage message) {
    ByteBuilder out = BuilderPool.borrow();
    try {
      message.dispatchTo(new JsonMessageWriter(new JsonWriter(out), values));
      out.put(TextRecords.SEPARATOR);
      return out.toByteArray();
    } catch (UncheckedIOException e) {
      throw unwritable(message, e.getCause());
    } catch (RuntimeException | StackOverflowError e) {
      throw unwritable(message, e);
    } finally {
      BuilderPool.giveBack(out);
    }
  }

  private static HubEncodingException unwritable(HubMessage message, @Nullable Throwable cause) {
    String kind = message.getClass().getSimpleName();
    return new HubEncodingException("Expected a " + kind + " that can be written as JSON", cause);
  }

  /**
   * Makes a {@link JsonHubProtocol}.
   *
   * <p>Threads: one at a time.
   */
  public static final class Builder {
    private @Nullable ObjectMapper objectMapper;
    private boolean enumsAsNumbers;

    private Builder() {}

    /**
     * Binds and writes payloads by the rules of this mapper instead of the default ones. It is
     * copied; the copy's depth is bounded. Values that a protocol knows itself (strings, booleans,
     * int, long, double and null as whole arguments, items and results) do not pass through it.
     */
    public Builder objectMapper(ObjectMapper mapper) {
      this.objectMapper = mapper;
      return this;
    }

    /**
     * Whether enums are written as numbers, as clients with .NET's default settings expect.
     * Default: {@code false}. Both forms are always read.
     */
    public Builder enumsAsNumbers(boolean asNumbers) {
      this.enumsAsNumbers = asNumbers;
      return this;
    }

    /** The protocol. */
    public JsonHubProtocol build() {
      ObjectMapper own = objectMapper;
      ObjectMapper mapper = Mappers.hardened(own == null ? Mappers.json() : own);
      if (enumsAsNumbers) {
        mapper.enable(SerializationFeature.WRITE_ENUMS_USING_INDEX);
      }
      return new JsonHubProtocol(mapper);
    }
  }
}
