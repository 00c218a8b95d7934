package io.hubbub.protocol.json;

/**
 * Moves over JSON text in an array of bytes and accepts exactly RFC 8259: no comments, no trailing
 * commas, valid UTF-8, a bounded depth. What it has moved over is known to be well-formed, so
 * readers of a remembered range need not check again.
 *
 * <p>Threads: one at a time.
 */
final class JsonCursor extends StringCursor {
  /** The deepest nesting accepted, counted over the whole text; the original's limit. */
  static final int MAX_DEPTH = 64;

  /** How many arrays and objects are open at the position. */
  private int depth;

  JsonCursor(byte[] data, int start, int end) {
    super(data, start, end);
  }

  /** The next byte after white space; not moved over. */
  byte peek() {
    for (; position < end; position++) {
      byte next = data[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next;
      }
    }
    throw malformed("more");
  }

  /** Moves over one expected byte after white space. */
  void expect(char expected) {
    if (peek() != expected) {
      throw malformed("'" + expected + "'");
    }
    position++;
  }

  /** Requires that nothing but white space is left. */
  void expectEnd() {
    for (; position < end; position++) {
      byte next = data[position];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        throw malformed("the end");
      }
    }
  }

  /** Moves over {@code [} or <code>{</code>, which the caller has seen. */
  void open() {
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
  boolean more(char closing) {
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
  boolean closesAtOnce(char closing) {
    if (peek() != closing) {
      return false;
    }
    position++;
    depth--;
    return true;
  }

  /** Moves over any value. */
  void skipValue() {
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
  void expectString() {
    if (peek() != '"') {
      throw malformed("a string");
    }
    skipString();
  }

  void skipWord(String word) {
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
  void skipNumber() {
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

  /** Whether the value at the position, which is not moved over, holds half a surrogate pair. */
  boolean isBroken() {
    if (!broken) {
      return false;
    }
    int start = position;
    trusted = false;
    broken = false;
    skipValue();
    boolean found = broken;
    position = start;
    trusted = true;
    broken = true;
    return found;
  }
}
