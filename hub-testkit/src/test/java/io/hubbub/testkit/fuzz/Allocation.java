package io.hubbub.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/**
 * Holds the calling thread to a bound of memory.
 *
 * <p>Threads: any.
 */
final class Allocation {
  /** Enough for Jackson's buffers and the strings of an input, not for a length that lies. */
  private static final long MOST_BYTES = 200_000;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Runs something, and again if that took much: the first time, classes may have been loaded. */
  static void isBounded(Runnable action) {
    if (of(action) > MOST_BYTES) {
      assertThat(of(action)).as("bytes allocated for one input").isLessThan(MOST_BYTES);
    }
  }

  private static long of(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
