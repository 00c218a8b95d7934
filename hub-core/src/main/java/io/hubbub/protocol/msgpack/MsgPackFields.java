package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.HubProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one message's array, in order. Elements beyond those that are asked for are
 * ignored.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackFields {
  private final MsgPackCursor cursor;

  MsgPackFields(MsgPackCursor cursor) {
    this.cursor = cursor;
  }

  /** The cursor, which stands on the next element. */
  MsgPackCursor atNext() {
    if (cursor.kind() == MsgPackKind.NONE) {
      throw new HubProtocolException("Expected another element but the message ends");
    }
    return cursor;
  }

  /** A string or nil. */
  @Nullable String string(String name) {
    if (cursor.skipNil()) {
      return null;
    }
    expect(MsgPackKind.STRING, name, "String");
    return cursor.readString();
  }

  /** A string with something in it; {@code what} names it in the error. */
  String required(String name, String what) {
    String text = string(name);
    if (text == null || text.isEmpty()) {
      throw new HubProtocolException("Null or empty " + what + ".");
    }
    return text;
  }

  /** An invocation id with something in it. */
  String id(String what) {
    return required("invocationId", what);
  }

  int integer(String name) {
    expect(MsgPackKind.INTEGER, name, "Int32");
    long value = cursor.isBig() ? Long.MAX_VALUE : cursor.readLong();
    if (value != (int) value) {
      throw unreadable(name, "Int32");
    }
    return (int) value;
  }

  long number(String name) {
    expect(MsgPackKind.INTEGER, name, "Int64");
    if (cursor.isBig()) {
      throw unreadable(name, "Int64");
    }
    return cursor.readLong();
  }

  /** A boolean; false when the message ends before it. */
  boolean optionalBoolean(String name) {
    if (cursor.kind() == MsgPackKind.NONE) {
      return false;
    }
    expect(MsgPackKind.BOOLEAN, name, "Boolean");
    return cursor.readBoolean();
  }

  Map<String, String> headers() {
    if (cursor.kind() != MsgPackKind.MAP) {
      throw new HubProtocolException("Reading map length for 'headers' failed.");
    }
    int count = cursor.readMapLength();
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = required("headers[" + i + "].Key", "key in header");
      headers.put(name, required("headers[" + i + "].Value", "value in header"));
    }
    return headers;
  }

  /** The ids of uploads; none when the message ends before them. */
  List<String> streamIds() {
    if (cursor.kind() == MsgPackKind.NONE) {
      return List.of();
    }
    if (cursor.kind() != MsgPackKind.ARRAY) {
      throw new HubProtocolException("Reading array length for 'streamIds' failed.");
    }
    int count = cursor.readArrayLength();
    if (count == 0) {
      return List.of();
    }
    // Grows as ids are read: the count was checked against the bytes, not against sense.
    List<String> ids = new ArrayList<>(2);
    for (int i = 0; i < count; i++) {
      ids.add(required("streamIds", "value in streamIds received"));
    }
    return ids;
  }

  private void expect(MsgPackKind kind, String name, String type) {
    if (cursor.kind() != kind) {
      throw unreadable(name, type);
    }
  }

  private static HubProtocolException unreadable(String name, String type) {
    return new HubProtocolException("Reading '" + name + "' as " + type + " failed.");
  }
}
