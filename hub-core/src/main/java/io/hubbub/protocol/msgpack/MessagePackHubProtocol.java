package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.internal.BuilderPool;
import io.hubbub.protocol.internal.ByteBuilder;
import io.hubbub.protocol.internal.Mappers;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The MessagePack hub protocol. Payloads are bound and written by Jackson's rules with these
 * defaults: objects as maps with the Java names, read without regard to case; unknown members
 * ignored; nulls written; enums by name and read by name or number; {@code byte[]} as binary;
 * points in time as timestamps, other {@code java.time} values as ISO-8601 text; {@code UUID},
 * {@code BigDecimal} and {@code char} as strings; nothing converted silently between strings,
 * numbers and booleans.
 *
 * <p>Threads: immutable; any.
 */
public final class MessagePackHubProtocol implements HubProtocol {
  private static final String NAME = "messagepack";
  private static final int VERSION = 2;

  private final MsgPackMessageReader reader;
  private final MsgPackValueWriter values;

  private MessagePackHubProtocol(ObjectMapper mapper) {
    this.reader = new MsgPackMessageReader(new MsgPackValueReader(mapper));
    this.values = new MsgPackValueWriter(mapper);
  }

  /** The protocol with its defaults. */
  public static MessagePackHubProtocol create() {
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
    return TransferFormat.BINARY;
  }

  @Override
  public int frameLength(ByteBuffer input, int scanned, int maxLength) {
    return VarInt.frameLength(input);
  }

  @Override
  public @Nullable HubMessage parse(ByteBuffer frame, InvocationBinder binder) {
    int length = frame.remaining();
    if (frameLength(frame, 0, Integer.MAX_VALUE) != length) {
      throw new HubProtocolException("Expected exactly one message behind its length");
    }
    int prefix = VarInt.prefixSize(frame);
    if (frame.hasArray()) {
      int start = frame.arrayOffset() + frame.position();
      frame.position(frame.limit());
      return reader.read(new MsgPackCursor(frame.array(), start + prefix, start + length), binder);
    }
    ByteBuilder copy = BuilderPool.borrow();
    try {
      copy.reserve(length);
      frame.get(copy.bytes, 0, length);
      return reader.read(new MsgPackCursor(copy.bytes, prefix, length), binder);
    } finally {
      BuilderPool.giveBack(copy);
    }
  }

  @Override
  public byte[] encode(HubMessage message) {
    ByteBuilder out = BuilderPool.borrow();
    try {
      message.dispatchTo(new MsgPackMessageWriter(new MsgPackWriter(out), values));
      return framed(out);
    } catch (UncheckedIOException e) {
      throw unwritable(message, e.getCause());
    } catch (RuntimeException | StackOverflowError e) {
      throw unwritable(message, e);
    } finally {
      BuilderPool.giveBack(out);
    }
  }

  private static byte[] framed(ByteBuilder message) {
    int prefix = VarInt.size(message.size);
    byte[] frame = new byte[Math.addExact(prefix, message.size)];
    VarInt.write(message.size, frame);
    System.arraycopy(message.bytes, 0, frame, prefix, message.size);
    return frame;
  }

  private static HubEncodingException unwritable(HubMessage message, @Nullable Throwable cause) {
    String kind = message.getClass().getSimpleName();
    return new HubEncodingException(
        "Expected a " + kind + " that can be written as MessagePack", cause);
  }

  /**
   * Makes a {@link MessagePackHubProtocol}.
   *
   * <p>Threads: one at a time.
   */
  public static final class Builder {
    private @Nullable ObjectMapper objectMapper;
    private PropertyNames propertyNames = PropertyNames.AS_DECLARED;

    private Builder() {}

    /**
     * Binds and writes payloads by the rules of this mapper instead of the default ones; it need
     * not know MessagePack. It is copied. Values that a protocol knows itself (strings, booleans,
     * int, long, double, bytes and null as whole arguments, items and results) do not pass through
     * it.
     */
    public Builder objectMapper(ObjectMapper mapper) {
      this.objectMapper = mapper;
      return this;
    }

    /**
     * How the members of objects are named. {@link PropertyNames#UPPER_CAMEL} suits clients on .NET
     * with their default settings. Default: {@link PropertyNames#AS_DECLARED}.
     */
    public Builder propertyNames(PropertyNames names) {
      this.propertyNames = names;
      return this;
    }

    /** The protocol. */
    public MessagePackHubProtocol build() {
      ObjectMapper own = objectMapper;
      ObjectMapper mapper = Mappers.hardened(own == null ? Mappers.json() : own);
      mapper.registerModule(MsgPackTypes.module());
      if (propertyNames == PropertyNames.UPPER_CAMEL) {
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
      }
      return new MessagePackHubProtocol(mapper);
    }
  }
}
