package io.hubbub.protocol.json;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.internal.Utf8;

/**
 * Moves over JSON text in an array of bytes and accepts exactly RFC 8259: no comments, no trailing
 * commas, valid UTF-8, whole surrogate pairs, a bounded depth. What it has moved over is known to
 * be well-formed, so readers of a remembered range need not check again.
 *
 * <p>Threads: one at a time.
 */
class JsonCursor {
  /** The deepest nesting accepted, counted over the whole text; the original's limit. */
  static final int MAX_DEPTH = 64;

  final byte[] data;
  final int end;
  int position;

  /** How many arrays and objects are open at the position. */
  private int depth;

  private boolean trusted;

  // The string last moved over, quotes left out.
  int textStart;
  int textEnd;
  boolean textEscaped;

  JsonCursor(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** The next byte after white space; not moved over. */
  final byte peek() {
    for (; position < end; position++) {
      byte next = data[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next;
      }
    }
    throw new HubProtocolException("Unexpected end when reading JSON.");
  }

  /** Moves over one expected byte after white space. */
  final void expect(char expected) {
    if (peek() != expected) {
      throw malformed("'" + expected + "'");
    }
    position++;
  }

  /** Requires that nothing but white space is left. */
  final void expectEnd() {
    for (; position < end; position++) {
      byte next = data[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        throw malformed("the end");
      }
    }
  }

  /** Moves over {@code [} or <code>{</code>, which the caller has seen. */
  final void open() {
    if (++depth > MAX_DEPTH) {
      throw malformed("at most " + MAX_DEPTH + " levels");
    }
    position++;
  }

  /**
   * After a value: moves over the comma, or over the closing byte.
   *
   * @return whether there was a comma
   */
  final boolean more(char closing) {
    byte next = peek();
    position++;
    if (next == ',') {
      return true;
    }
    if (next != closing) {
      position--;
      throw malformed("',' or '" + closing + "'");
    }
    depth--;
    return false;
  }

  /** After {@link #open}: moves over the closing byte if nothing stands before it. */
  final boolean closesAtOnce(char closing) {
    if (peek() != closing) {
      return false;
    }
    position++;
    depth--;
    return true;
  }

  /** Moves over any value. */
  final void skipValue() {
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> skipObject();
      case '[' -> skipArray();
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  private void skipObject() {
    open();
    if (closesAtOnce('}')) {
      return;
    }
    do {
      expectString();
      expect(':');
      skipValue();
    } while (more('}'));
  }

  private void skipArray() {
    open();
    if (closesAtOnce(']')) {
      return;
    }
    do {
      skipValue();
    } while (more(']'));
  }

  /** Moves over a string that the grammar demands here, such as a name. */
  final void expectString() {
    if (peek() != '"') {
      throw malformed("a string");
    }
    skipString();
  }

  final void skipWord(String word) {
    int length = word.length();
    if (end - position < length) {
      throw malformed(word);
    }
    for (int i = 0; i < length; i++) {
      if (data[position + i] != word.charAt(i)) {
        throw malformed(word);
      }
    }
    position += length;
  }

  /** Moves over a number. Its text is from the position before to the position after. */
  final void skipNumber() {
    if (at('-')) {
      position++;
    }
    if (at('0')) {
      position++;
    } else {
      skipDigits();
    }
    if (at('.')) {
      position++;
      skipDigits();
    }
    if (at('e') || at('E')) {
      position++;
      if (at('+') || at('-')) {
        position++;
      }
      skipDigits();
    }
  }

  private boolean at(char wanted) {
    return position < end && data[position] == wanted;
  }

  private void skipDigits() {
    int first = position;
    while (position < end && data[position] >= '0' && data[position] <= '9') {
      position++;
    }
    if (position == first) {
      throw malformed("a value");
    }
  }

  /** From here on the text is known to be well-formed: strings need not be checked again. */
  final void trust() {
    trusted = true;
  }

  /** Moves over the string that begins at the position and remembers where its text is. */
  final void skipString() {
    textStart = position + 1;
    textEscaped = false;
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
        throw new HubProtocolException("Unexpected end when reading JSON.");
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
        position = at;
        throw malformed("no bare control character");
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

  /** Moves over a backslash and what it escapes; a high surrogate needs its low one. */
  private int skipEscape(int at) {
    if (at + 1 >= end) {
      throw new HubProtocolException("Unexpected end when reading JSON.");
    }
    switch (data[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        char unit = unit(at);
        if (!Character.isSurrogate(unit)) {
          return at + 6;
        }
        if (Character.isLowSurrogate(unit)
            || at + 7 >= end
            || data[at + 6] != '\\'
            || data[at + 7] != 'u'
            || !Character.isLowSurrogate(unit(at + 6))) {
          position = at;
          throw malformed("a whole surrogate pair");
        }
        return at + 12;
      }
      default -> {
        position = at;
        throw malformed("an escape");
      }
    }
  }

  /** The UTF-16 unit that a {@code \}{@code uXXXX} at {@code at} means. */
  final char unit(int at) {
    if (at + 6 > end) {
      throw new HubProtocolException("Unexpected end when reading JSON.");
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = data[i] < 0 ? -1 : Character.digit((char) data[i], 16);
      if (digit < 0) {
        position = at;
        throw malformed("four hexadecimal digits");
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
        position = at;
        throw malformed("valid UTF-8");
      }
      at += length;
    } while (at < end && data[at] < 0);
    return at;
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
