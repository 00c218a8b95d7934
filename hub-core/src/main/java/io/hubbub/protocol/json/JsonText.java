package io.hubbub.protocol.json;

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
        if (Character.isHighSurrogate(unit)) {
          to = put(out, to, Character.toCodePoint(unit, cursor.unit(at)));
          at += 6;
        } else {
          to = put(out, to, unit);
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

  private static int put(byte[] out, int to, int point) {
    if (point < 0x80) {
      out[to++] = (byte) point;
    } else if (point < 0x800) {
      out[to++] = (byte) (0xC0 | point >> 6);
      out[to++] = (byte) (0x80 | point & 0x3F);
    } else if (point < 0x10000) {
      out[to++] = (byte) (0xE0 | point >> 12);
      out[to++] = (byte) (0x80 | point >> 6 & 0x3F);
      out[to++] = (byte) (0x80 | point & 0x3F);
    } else {
      out[to++] = (byte) (0xF0 | point >> 18);
      out[to++] = (byte) (0x80 | point >> 12 & 0x3F);
      out[to++] = (byte) (0x80 | point >> 6 & 0x3F);
      out[to++] = (byte) (0x80 | point & 0x3F);
    }
    return to;
  }
}
