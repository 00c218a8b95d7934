package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.internal.BindingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one message's array, in order. Each is checked as a whole before anything of it
 * is read, so that no length that lies leads out of the message. Elements beyond those that are
 * asked for, and bytes behind the array, are ignored.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackFields {
  private final MsgPackCursor cursor;
  private int left;

  /**
   * @param cursor stands on the message's array
   */
  MsgPackFields(MsgPackCursor cursor) {
    if (cursor.kind() != MsgPackKind.ARRAY) {
      throw new HubProtocolException("Reading array length for 'message' failed.");
    }
    this.cursor = cursor;
    this.left = cursor.readArrayLength();
  }

  /** Whether there is another element; it has been checked and the cursor stands on it then. */
  private boolean next() {
    if (left <= 0) {
      return false;
    }
    left--;
    cursor.checkValue();
    return true;
  }

  /**
   * The cursor on the next element.
   *
   * @throws BindingException if it is missing or damaged: that costs only what it was for
   */
  MsgPackCursor atPayload() throws BindingException {
    return at(MsgPackCursor::checkValue);
  }

  /** The same for the array of arguments. */
  MsgPackCursor atArguments() throws BindingException {
    return at(MsgPackCursor::checkArguments);
  }

  private MsgPackCursor at(Consumer<MsgPackCursor> check) throws BindingException {
    try {
      if (left > 0) {
        left--;
        check.accept(cursor);
        return cursor;
      }
    } catch (HubProtocolException damaged) {
      throw new BindingException(String.valueOf(damaged.getMessage()));
    }
    throw new BindingException("Expected another element but the message ends");
  }

  /** A string or nil. */
  @Nullable String string(String name) {
    if (!next()) {
      throw unreadable(name, "String");
    }
    return text(name);
  }

  private @Nullable String text(String name) {
    if (cursor.skipNil()) {
      return null;
    }
    expect(MsgPackKind.STRING, name, "String");
    return cursor.readString();
  }

  private static String filled(@Nullable String text, String what) {
    if (text == null || text.isEmpty()) {
      throw new HubProtocolException("Null or empty " + what + ".");
    }
    return text;
  }

  /** The name of what is called; {@code what} names it in the error. */
  String target(String what) {
    if (!next()) {
      throw unreadable("target", "String");
    }
    return filled(cursor.kind() == MsgPackKind.STRING ? cursor.readName() : text("target"), what);
  }

  /** An invocation id with something in it; {@code what} names it in the error. */
  String id(String what) {
    return filled(string("invocationId"), what);
  }

  int integer(String name) {
    expectNext(MsgPackKind.INTEGER, name, "Int32");
    long value = cursor.isBig() ? Long.MAX_VALUE : cursor.readLong();
    if (value != (int) value) {
      throw unreadable(name, "Int32");
    }
    return (int) value;
  }

  long number(String name) {
    expectNext(MsgPackKind.INTEGER, name, "Int64");
    if (cursor.isBig()) {
      throw unreadable(name, "Int64");
    }
    return cursor.readLong();
  }

  /** A boolean; false when the message ends before it. */
  boolean optionalBoolean(String name) {
    if (!next()) {
      return false;
    }
    expect(MsgPackKind.BOOLEAN, name, "Boolean");
    return cursor.readBoolean();
  }

  Map<String, String> headers() {
    if (!next() || cursor.kind() != MsgPackKind.MAP) {
      throw new HubProtocolException("Reading map length for 'headers' failed.");
    }
    int count = cursor.readMapLength();
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = filled(text("headers[" + i + "].Key"), "key in header");
      headers.put(name, filled(text("headers[" + i + "].Value"), "value in header"));
    }
    return headers;
  }

  /** The ids of uploads; none when the message ends before them. */
  List<String> streamIds() {
    if (!next()) {
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
      ids.add(filled(text("streamIds"), "value in streamIds received"));
    }
    return ids;
  }

  private void expectNext(MsgPackKind kind, String name, String type) {
    if (!next()) {
      throw unreadable(name, type);
    }
    expect(kind, name, type);
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
