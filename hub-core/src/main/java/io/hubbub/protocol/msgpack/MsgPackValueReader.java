package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.hubbub.protocol.RawResult;
import io.hubbub.protocol.internal.BindingException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes Java values of MessagePack that was checked before. Strings, numbers, booleans and bytes
 * come straight from the message, everything else through Jackson.
 *
 * <p>Threads: any.
 */
final class MsgPackValueReader {
  private final ObjectMapper mapper;

  /** Grows with the types that hubs name in their signatures, not with what peers send. */
  private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  MsgPackValueReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads the value at the cursor and moves over it.
   *
   * @throws BindingException if it is not of that type; the cursor is anywhere then
   */
  @Nullable Object read(MsgPackCursor cursor, Type type) throws BindingException {
    if (type == String.class) {
      return cursor.skipNil() ? null : string(cursor);
    }
    if (type == int.class || type == Integer.class) {
      return type == Integer.class && cursor.skipNil() ? null : integer(cursor);
    }
    if (type == long.class || type == Long.class) {
      return type == Long.class && cursor.skipNil() ? null : whole(cursor);
    }
    if (type == double.class || type == Double.class) {
      return type == Double.class && cursor.skipNil() ? null : floating(cursor);
    }
    if (type == boolean.class || type == Boolean.class) {
      return type == Boolean.class && cursor.skipNil() ? null : bool(cursor);
    }
    if (type == byte[].class) {
      return cursor.skipNil() ? null : bytes(cursor);
    }
    int start = cursor.position;
    if (type == RawResult.class) {
      cursor.skipValue();
      return new RawResult(Arrays.copyOfRange(cursor.data, start, cursor.position));
    }
    return object(cursor, type);
  }

  private static Object string(MsgPackCursor cursor) throws BindingException {
    expect(cursor, MsgPackKind.STRING, "a string");
    return cursor.readString();
  }

  private static Object integer(MsgPackCursor cursor) throws BindingException {
    long value = whole(cursor);
    if (value != (int) value) {
      throw new BindingException("Expected a whole number of 32 bits but found " + value);
    }
    return (int) value;
  }

  private static long whole(MsgPackCursor cursor) throws BindingException {
    expect(cursor, MsgPackKind.INTEGER, "a whole number");
    if (cursor.isBig()) {
      throw new BindingException("Expected a whole number of 64 bits");
    }
    return cursor.readLong();
  }

  private static Object floating(MsgPackCursor cursor) throws BindingException {
    if (cursor.kind() == MsgPackKind.FLOAT) {
      return cursor.readFloat();
    }
    expect(cursor, MsgPackKind.INTEGER, "a number");
    return cursor.isBig() ? cursor.readBig().doubleValue() : (double) cursor.readLong();
  }

  private static Object bool(MsgPackCursor cursor) throws BindingException {
    expect(cursor, MsgPackKind.BOOLEAN, "true or false");
    return cursor.readBoolean();
  }

  private @Nullable Object bytes(MsgPackCursor cursor) throws BindingException {
    return cursor.kind() == MsgPackKind.BINARY ? cursor.readBinary() : object(cursor, byte[].class);
  }

  private static void expect(MsgPackCursor cursor, MsgPackKind kind, String what)
      throws BindingException {
    if (cursor.kind() != kind) {
      throw new BindingException("Expected " + what);
    }
  }

  private @Nullable Object object(MsgPackCursor cursor, Type type) throws BindingException {
    int start = cursor.position;
    cursor.skipValue();
    MsgPackCursor own = new MsgPackCursor(cursor.data, start, cursor.position);
    try {
      ObjectReader reader = readers.computeIfAbsent(type, this::readerOf);
      return reader.readValue(new MsgPackParser(own, mapper));
    } catch (IOException | RuntimeException e) {
      // Constructors and setters of the application run here and may throw anything.
      throw new BindingException(reason(e, type));
    }
  }

  private ObjectReader readerOf(Type type) {
    return mapper.readerFor(mapper.constructType(type));
  }

  private static String reason(Exception e, Type type) {
    String detail =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return "Expected a " + type.getTypeName() + ": " + detail;
  }
}
