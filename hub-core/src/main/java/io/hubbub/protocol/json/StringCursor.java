package io.hubbub.protocol.json;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.internal.Utf8;

/**
 * The part of a {@link JsonCursor} that moves over strings: valid UTF-8, known escapes, no bare
 * control characters. Half a surrogate pair, as an escape, is let through and reported.
 *
 * <p>Threads: one at a time.
 */
abstract class StringCursor {
  final byte[] data;
  final int end;
  int position;

  // The string last moved over, quotes left out.
  int textStart;
  int textEnd;
  boolean textEscaped;

  /** Whether it holds half a surrogate pair: grammar allows that, but it is no text. */
  boolean textBroken;

  boolean trusted;

  /** Whether any string so far held half a surrogate pair. */
  boolean broken;

  StringCursor(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** From here on the text is known to be well-formed: strings need not be checked again. */
  final void trust() {
    trusted = true;
  }

  /** Moves over the string that begins at the position and remembers where its text is. */
  final void skipString() {
    textStart = position + 1;
    textEscaped = false;
    textBroken = false;
    textEnd = trusted ? closingQuote(textStart) : checkedClosingQuote(textStart);
    position = textEnd + 1;
  }

  private int closingQuote(int start) {
    int at = start;
    while (true) {
      while (at + Long.BYTES <= end) {
        long found = Swar.quotesAndBackslashes(Swar.eight(data, at));
        if (found != 0) {
          at += Swar.first(found);
          break;
        }
        at += Long.BYTES;
      }
      if (data[at] == '"') {
        return at;
      }
      if (data[at] == '\\') {
        textEscaped = true;
        at++;
      }
      at++;
    }
  }

  private int checkedClosingQuote(int start) {
    int at = start;
    while (true) {
      at = skipPlain(at);
      if (at >= end) {
        throw malformedAt(end, "a closing quote");
      }
      byte next = data[at];
      if (next == '"') {
        return at;
      }
      if (next == '\\') {
        textEscaped = true;
        at = skipEscape(at);
      } else if (next < 0) {
        at = skipMultiByte(at);
      } else {
        throw malformedAt(at, "no bare control character");
      }
    }
  }

  /** The first byte from {@code at} on that is not printable ASCII without meaning. */
  private int skipPlain(int start) {
    int at = start;
    while (at + Long.BYTES <= end) {
      long found = Swar.special(Swar.eight(data, at));
      if (found != 0) {
        return at + Swar.first(found);
      }
      at += Long.BYTES;
    }
    while (at < end && data[at] >= ' ' && data[at] != '"' && data[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Moves over a backslash and what it escapes; over both, if that is a surrogate pair. */
  private int skipEscape(int at) {
    if (at + 1 >= end) {
      throw malformedAt(end, "an escape");
    }
    switch (data[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        return skipUnit(at);
      }
      default -> throw malformedAt(at, "an escape");
    }
  }

  private int skipUnit(int at) {
    char unit = unit(at);
    int next = at + 6;
    if (!Character.isSurrogate(unit)) {
      return next;
    }
    boolean pair =
        Character.isHighSurrogate(unit)
            && next + 1 < end
            && data[next] == '\\'
            && data[next + 1] == 'u'
            && Character.isLowSurrogate(unit(next));
    textBroken |= !pair;
    broken |= !pair;
    return pair ? next + 6 : next;
  }

  /** The UTF-16 unit that a {@code \}{@code uHHHH} at {@code at} means. */
  final char unit(int at) {
    if (at + 6 > end) {
      throw malformedAt(end, "four hexadecimal digits");
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = data[i] < 0 ? -1 : Character.digit((char) data[i], 16);
      if (digit < 0) {
        throw malformedAt(at, "four hexadecimal digits");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** Moves over all multi-byte characters in a row. */
  private int skipMultiByte(int start) {
    int at = start;
    do {
      int length = Utf8.sequenceLength(data, at, end);
      if (length == 0) {
        throw malformedAt(at, "valid UTF-8");
      }
      at += length;
    } while (at < end && data[at] < 0);
    return at;
  }

  private HubProtocolException malformedAt(int place, String expected) {
    position = place;
    return malformed(expected);
  }

  /** The error for text that is no JSON. Its cause tells the place. */
  final HubProtocolException malformed(String expected) {
    String found = position < end ? "0x" + Integer.toHexString(data[position] & 0xFF) : "the end";
    return new HubProtocolException(
        "Error reading JSON.",
        new IllegalArgumentException(
            "Expected " + expected + " but found " + found + " at byte " + position));
  }
}
