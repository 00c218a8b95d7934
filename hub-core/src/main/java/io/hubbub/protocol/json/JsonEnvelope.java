package io.hubbub.protocol.json;

import io.hubbub.protocol.HubProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON message, in whatever order they came. Payloads are only remembered as
 * ranges: their types are known when all members are, so the order of members never matters. Of a
 * member that comes twice the last one counts.
 *
 * <p>Threads: one at a time.
 */
final class JsonEnvelope {
  private static final int ABSENT = -1;

  private static final byte[] TYPE = ascii("type");
  private static final byte[] TARGET = ascii("target");
  private static final byte[] ARGUMENTS = ascii("arguments");
  private static final byte[] INVOCATION_ID = ascii("invocationId");
  private static final byte[] RESULT = ascii("result");
  private static final byte[] ITEM = ascii("item");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] HEADERS = ascii("headers");
  private static final byte[] STREAM_IDS = ascii("streamIds");
  private static final byte[] SEQUENCE_ID = ascii("sequenceId");
  private static final byte[] ALLOW_RECONNECT = ascii("allowReconnect");

  final JsonCursor cursor;
  private final JsonMembers members;

  int type;
  private boolean hasType;
  @Nullable String target;
  @Nullable String invocationId;
  @Nullable String error;
  Map<String, String> headers = Map.of();
  List<String> streamIds = List.of();
  boolean allowReconnect;
  private long sequenceId;
  private boolean hasSequenceId;
  private int argumentsAt = ABSENT;
  private int resultAt = ABSENT;
  private int itemAt = ABSENT;

  /** Reads the one object that the cursor's text consists of. */
  JsonEnvelope(JsonCursor cursor) {
    this.cursor = cursor;
    this.members = new JsonMembers(cursor);
    expectObject();
    cursor.open();
    if (!cursor.closesAtOnce('}')) {
      do {
        readMember();
      } while (cursor.more('}'));
    }
    cursor.expectEnd();
    cursor.trust();
    if (!hasType) {
      throw missing("type");
    }
  }

  private void expectObject() {
    byte first = cursor.peek();
    if (first != '{') {
      cursor.skipValue();
      throw new HubProtocolException(
          "Unexpected JSON Token Type '" + kind(first) + "'. Expected a JSON Object.");
    }
  }

  private static String kind(byte first) {
    return switch (first) {
      case '[' -> "Array";
      case '"' -> "String";
      case 't' -> "True";
      case 'f' -> "False";
      case 'n' -> "Null";
      default -> "Number";
    };
  }

  private void readMember() {
    cursor.expectString();
    int start = cursor.textStart;
    int end = cursor.textEnd;
    if (cursor.textEscaped) {
      byte[] name = JsonText.decode(cursor).getBytes(StandardCharsets.UTF_8);
      cursor.expect(':');
      readValueOf(name, 0, name.length);
    } else {
      cursor.expect(':');
      readValueOf(cursor.data, start, end);
    }
  }

  private void readValueOf(byte[] in, int start, int end) {
    if (is(TYPE, in, start, end)) {
      type = members.integer("type");
      hasType = true;
    } else if (is(TARGET, in, start, end)) {
      target = members.name("target");
    } else if (is(ARGUMENTS, in, start, end)) {
      argumentsAt = members.array("arguments");
      cursor.skipValue();
    } else if (is(INVOCATION_ID, in, start, end)) {
      invocationId = members.string("invocationId");
    } else if (is(RESULT, in, start, end)) {
      resultAt = payload();
    } else if (is(ITEM, in, start, end)) {
      itemAt = payload();
    } else {
      readRareValueOf(in, start, end);
    }
  }

  private void readRareValueOf(byte[] in, int start, int end) {
    if (is(ERROR, in, start, end)) {
      error = members.string("error");
    } else if (is(HEADERS, in, start, end)) {
      headers = members.headers();
    } else if (is(STREAM_IDS, in, start, end)) {
      streamIds = members.streamIds();
    } else if (is(SEQUENCE_ID, in, start, end)) {
      sequenceId = members.number("sequenceId");
      hasSequenceId = true;
    } else if (is(ALLOW_RECONNECT, in, start, end)) {
      allowReconnect = members.bool("allowReconnect");
    } else {
      cursor.skipValue();
    }
  }

  private static boolean is(byte[] name, byte[] in, int start, int end) {
    return end - start == name.length && Arrays.equals(name, 0, name.length, in, start, end);
  }

  private int payload() {
    cursor.peek();
    int start = cursor.position;
    cursor.skipValue();
    return start;
  }

  /** The invocation id, which must be there and not be empty. */
  String requiredInvocationId() {
    String id = invocationId;
    if (id == null || id.isEmpty()) {
      throw missing("invocationId");
    }
    return id;
  }

  /** The invocation id; null for an empty one, too. */
  @Nullable String optionalInvocationId() {
    String id = invocationId;
    return id == null || id.isEmpty() ? null : id;
  }

  String requiredTarget() {
    if (target == null) {
      throw missing("target");
    }
    return target;
  }

  long requiredSequenceId() {
    if (!hasSequenceId) {
      throw missing("sequenceId");
    }
    return sequenceId;
  }

  boolean hasArguments() {
    return argumentsAt != ABSENT;
  }

  boolean hasResult() {
    return resultAt != ABSENT;
  }

  /** Puts the cursor back to the array of arguments. */
  JsonCursor atArguments() {
    return at(argumentsAt, "arguments");
  }

  /** Puts the cursor back to the result. */
  JsonCursor atResult() {
    return at(resultAt, "result");
  }

  /** Puts the cursor back to the item. */
  JsonCursor atItem() {
    return at(itemAt, "item");
  }

  private JsonCursor at(int start, String name) {
    if (start == ABSENT) {
      throw missing(name);
    }
    cursor.position = start;
    return cursor;
  }

  static HubProtocolException missing(String name) {
    return new HubProtocolException("Missing required property '" + name + "'.");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
