package io.hubbub.protocol.json;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.internal.RecentNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the values of a message's own members, each of the type that the protocol demands.
 *
 * <p>Threads: one at a time.
 */
final class JsonMembers {
  private final JsonCursor cursor;

  JsonMembers(JsonCursor cursor) {
    this.cursor = cursor;
  }

  String string(String name) {
    skipString(name);
    return text();
  }

  private void skipString(String name) {
    if (cursor.peek() != '"') {
      throw wrongType(name, "String");
    }
    cursor.skipString();
  }

  /** A string that is likely to come again. */
  String name(String name) {
    skipString(name);
    return cursor.textEscaped || cursor.textBroken
        ? text()
        : RecentNames.of(cursor.data, cursor.textStart, cursor.textEnd - cursor.textStart);
  }

  /** The string that was just moved over. */
  private String text() {
    if (cursor.textBroken) {
      throw new HubProtocolException(
          "Expected whole surrogate pairs in the message's own strings.");
    }
    return JsonText.decode(cursor);
  }

  long number(String name) {
    byte first = cursor.peek();
    if (first != '-' && (first < '0' || first > '9')) {
      throw wrongType(name, "Number");
    }
    int start = cursor.position;
    cursor.skipNumber();
    try {
      return JsonNumbers.parseLong(cursor.data, start, cursor.position);
    } catch (NumberFormatException e) {
      throw new HubProtocolException(
          "Expected '" + name + "' to be a whole number of 64 bits at most.", e);
    }
  }

  int integer(String name) {
    long value = number(name);
    if (value != (int) value) {
      throw new HubProtocolException("Expected '" + name + "' to be a number of 32 bits at most.");
    }
    return (int) value;
  }

  boolean bool(String name) {
    byte first = cursor.peek();
    if (first != 't' && first != 'f') {
      throw new HubProtocolException("Expected '" + name + "' to be true or false.");
    }
    cursor.skipWord(first == 't' ? "true" : "false");
    return first == 't';
  }

  int array(String name) {
    if (cursor.peek() != '[') {
      throw wrongType(name, "Array");
    }
    return cursor.position;
  }

  /** An object of strings. */
  Map<String, String> headers() {
    if (cursor.peek() != '{') {
      throw wrongType("headers", "StartObject");
    }
    cursor.open();
    if (cursor.closesAtOnce('}')) {
      return Map.of();
    }
    Map<String, String> read = new LinkedHashMap<>();
    do {
      cursor.expectString();
      String name = text();
      cursor.expect(':');
      if (cursor.peek() != '"') {
        throw new HubProtocolException("Expected header '" + name + "' to be of type String.");
      }
      cursor.skipString();
      read.put(name, text());
    } while (cursor.more('}'));
    return read;
  }

  /** An array of strings. */
  List<String> streamIds() {
    array("streamIds");
    cursor.open();
    if (cursor.closesAtOnce(']')) {
      return List.of();
    }
    List<String> read = new ArrayList<>(2);
    do {
      byte first = cursor.peek();
      if (first != '"') {
        cursor.skipValue();
        throw new HubProtocolException(
            first == 'n'
                ? "Null value for 'streamIds' is not valid."
                : "Expected 'streamIds' to be an array of strings.");
      }
      cursor.skipString();
      read.add(text());
    } while (cursor.more(']'));
    return read;
  }

  private static HubProtocolException wrongType(String name, String wanted) {
    return new HubProtocolException("Expected '" + name + "' to be of type " + wanted + ".");
  }
}
