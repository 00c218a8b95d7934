package io.hubbub.transport.netty;

import java.time.Duration;

/** Refuses wrong settings. Threads: any. */
final class Checks {
  private Checks() {}

  static int positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("Expected " + name + " above 0, but found " + value);
    }
    return value;
  }

  static Duration positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("Expected " + name + " above 0, but found " + value);
    }
    return value;
  }
}
