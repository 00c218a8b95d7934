package io.hubbub.protocol.json;

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
 * Makes Java values of JSON text that is known to be well-formed. Strings, numbers and booleans
 * come straight from the bytes, everything else through Jackson.
 *
 * <p>Threads: any.
 */
final class JsonValueReader {
  private final ObjectMapper mapper;

  /** Grows with the types that hubs name in their signatures, not with what peers send. */
  private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  JsonValueReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads the value at the cursor and moves over it.
   *
   * @throws BindingException if it is not of that type; the cursor is anywhere then
   */
  @Nullable Object read(JsonCursor cursor, Type type) throws BindingException {
    byte first = cursor.peek();
    if (cursor.isBroken()) {
      throw new BindingException("Expected whole surrogate pairs");
    }
    if (type == String.class) {
      return first == 'n' ? nothing(cursor) : string(cursor, first);
    }
    if (type == int.class || type == Integer.class) {
      return first == 'n' && type == Integer.class ? nothing(cursor) : integer(cursor, first);
    }
    if (type == long.class || type == Long.class) {
      return first == 'n' && type == Long.class ? nothing(cursor) : whole(cursor, first);
    }
    if (type == double.class || type == Double.class) {
      return first == 'n' && type == Double.class ? nothing(cursor) : floating(cursor, first);
    }
    if (type == boolean.class || type == Boolean.class) {
      return first == 'n' && type == Boolean.class ? nothing(cursor) : bool(cursor, first);
    }
    int start = cursor.position;
    cursor.skipValue();
    if (type == RawResult.class) {
      return new RawResult(Arrays.copyOfRange(cursor.data, start, cursor.position));
    }
    return object(cursor.data, start, cursor.position - start, type);
  }

  private static @Nullable Object nothing(JsonCursor cursor) {
    cursor.skipWord("null");
    return null;
  }

  private static Object string(JsonCursor cursor, byte first) throws BindingException {
    if (first != '"') {
      throw new BindingException("Expected a string");
    }
    cursor.skipString();
    return JsonText.decode(cursor);
  }

  private static Object integer(JsonCursor cursor, byte first) throws BindingException {
    long value = whole(cursor, first);
    if (value != (int) value) {
      throw new BindingException("Expected a whole number of 32 bits but found " + value);
    }
    return (int) value;
  }

  private static long whole(JsonCursor cursor, byte first) throws BindingException {
    int start = number(cursor, first);
    try {
      return JsonNumbers.parseLong(cursor.data, start, cursor.position);
    } catch (NumberFormatException e) {
      throw new BindingException("Expected a whole number of 64 bits");
    }
  }

  private static Object floating(JsonCursor cursor, byte first) throws BindingException {
    int start = number(cursor, first);
    return JsonNumbers.parseDouble(cursor.data, start, cursor.position);
  }

  private static int number(JsonCursor cursor, byte first) throws BindingException {
    if (first != '-' && (first < '0' || first > '9')) {
      throw new BindingException("Expected a number");
    }
    int start = cursor.position;
    cursor.skipNumber();
    return start;
  }

  private static Object bool(JsonCursor cursor, byte first) throws BindingException {
    if (first != 't' && first != 'f') {
      throw new BindingException("Expected true or false");
    }
    cursor.skipWord(first == 't' ? "true" : "false");
    return first == 't';
  }

  private @Nullable Object object(byte[] data, int start, int length, Type type)
      throws BindingException {
    try {
      return readers.computeIfAbsent(type, this::readerOf).readValue(data, start, length);
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
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    return "Expected a " + type.getTypeName() + ": " + detail;
  }
}
