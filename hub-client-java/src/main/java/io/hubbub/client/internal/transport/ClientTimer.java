package io.hubbub.client.internal.transport;

import java.time.Duration;

/**
 * Time, so that tests can make it.
 *
 * <p>Threads: any. Actions run on the timer's own thread, one at a time, and must be short.
 */
public interface ClientTimer {
  /** A time in nanoseconds, for differences only. */
  long nanoTime();

  /** Runs an action once, after a delay. */
  Task schedule(Duration delay, Runnable action);

  /** Something scheduled. */
  @FunctionalInterface
  interface Task {
    /** It does not run any more, unless it runs already. */
    void cancel();
  }
}
