package io.hubbub.spi;

import java.time.Duration;

/**
 * Time. Tests put a virtual one in its place.
 *
 * <p>Threads: any.
 */
public interface Scheduler extends AutoCloseable {
  /** A time in nanoseconds, for differences only. */
  long nanoTime();

  /** Runs an action once, after a delay. */
  Task schedule(Duration delay, Runnable action);

  /** Runs an action again and again. The first time after one interval. */
  Task repeat(Duration interval, Runnable action);

  /** Ends it with everything scheduled. */
  @Override
  void close();

  /** Something scheduled. */
  interface Task {
    /** It does not run any more, unless it runs already. */
    void cancel();
  }
}
