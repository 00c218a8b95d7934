package io.hubbub.protocol.json;

import java.nio.charset.StandardCharsets;

/**
 * Numbers out of text that a {@link JsonCursor} has accepted as a JSON number.
 *
 * <p>Threads: any.
 */
final class JsonNumbers {
  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = exactPowers();

  private static final int MAX_EXACT_DIGITS = 15;

  private JsonNumbers() {}

  private static double[] exactPowers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * A whole number, written without fraction and exponent.
   *
   * @throws NumberFormatException if it is another number
   */
  static long parseLong(byte[] data, int start, int end) {
    boolean negative = data[start] == '-';
    int first = negative ? start + 1 : start;
    if (end - first > 18) {
      return Long.parseLong(text(data, start, end));
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException(
            "Expected a whole number but found " + text(data, start, end));
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** Any number, rounded to the nearest double. */
  static double parseDouble(byte[] data, int start, int end) {
    boolean negative = data[start] == '-';
    long digits = 0;
    int count = 0;
    int decimals = 0;
    boolean fraction = false;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      byte next = data[i];
      if (next == '.') {
        fraction = true;
      } else if (next < '0' || next > '9' || ++count > MAX_EXACT_DIGITS) {
        return Double.parseDouble(text(data, start, end));
      } else {
        digits = digits * 10 + next - '0';
        decimals += fraction ? 1 : 0;
      }
    }
    // Both operands are exact, so the one rounding of the division is the right one.
    double value = digits / EXACT_POWERS[decimals];
    return negative ? -value : value;
  }

  private static String text(byte[] data, int start, int end) {
    return new String(data, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
