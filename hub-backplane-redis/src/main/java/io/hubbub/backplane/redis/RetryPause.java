package io.hubbub.backplane.redis;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to reach Redis: each time up to twice as long, and each
 * node another time, since nodes that lost Redis together must not come back together.
 *
 * <p>Threads: one at a time.
 */
final class RetryPause {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 1_000;

  private long longest = FIRST_MILLIS;

  /** At least half of what it may be. */
  long nextMillis() {
    long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    longest = Math.min(2 * longest, LONGEST_MILLIS);
    return millis;
  }

  /** Redis was reached: the next outage begins with the shortest pause. */
  void reset() {
    longest = FIRST_MILLIS;
  }
}
