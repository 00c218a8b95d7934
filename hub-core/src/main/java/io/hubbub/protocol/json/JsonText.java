package io.hubbub.protocol.json;

import io.hubbub.protocol.internal.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Makes strings of JSON string literals that a {@link JsonCursor} has accepted.
 *
 * <p>Threads: any.
 */
final class JsonText {
  private JsonText() {}

  /** The string that the cursor last moved over. */
  static String decode(JsonCursor cursor) {
    int start = cursor.textStart;
    int length = cursor.textEnd - start;
    if (!cursor.textEscaped) {
      // The JDK's decoder takes its fast path for ASCII and copies once.
      return new String(cursor.data, start, length, StandardCharsets.UTF_8);
    }
    byte[] plain = new byte[length];
    int written = unescape(cursor, plain);
    return new String(plain, 0, written, StandardCharsets.UTF_8);
  }

  /** Replaces escapes by UTF-8, which is never longer. */
  private static int unescape(JsonCursor cursor, byte[] out) {
    byte[] data = cursor.data;
    int to = 0;
    for (int at = cursor.textStart; at < cursor.textEnd; ) {
      byte next = data[at];
      if (next != '\\') {
        out[to++] = next;
        at++;
      } else if (data[at + 1] != 'u') {
        out[to++] = simple(data[at + 1]);
        at += 2;
      } else {
        char unit = cursor.unit(at);
        at += 6;
        if (cursor.textBroken && Character.isSurrogate(unit)) {
          to = Utf8.put('\uFFFD', out, to);
        } else if (Character.isHighSurrogate(unit)) {
          to = Utf8.put(Character.toCodePoint(unit, cursor.unit(at)), out, to);
          at += 6;
        } else {
          to = Utf8.put(unit, out, to);
        }
      }
    }
    return to;
  }

  private static byte simple(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
