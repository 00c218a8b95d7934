package io.hubbub.http;

import io.hubbub.ConnectionClosedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Finds out that a client does not read: something was taken to be written and nothing happened
 * since.
 *
 * <p>Threads: {@link #polled} one at a time; {@link #isStuck} from the heartbeat only.
 */
final class WriteWatch {
  private static final AtomicIntegerFieldUpdater<WriteWatch> POLLS =
      AtomicIntegerFieldUpdater.newUpdater(WriteWatch.class, "polls");

  /** How often was asked for more; odd while what was handed over last may wait to be written. */
  private volatile int polls;

  // Only the heartbeat touches these.
  private int seenPolls;
  private long stillSince;

  /** The adapter has asked for more: what it got before is written or well on its way. */
  void polled(boolean gotSomething) {
    // The heartbeat need not see it at once, so nothing has to wait for the write.
    POLLS.lazySet(this, (polls | 1) + (gotSomething ? 2 : 1));
  }

  /**
   * Whether nothing has moved for longer than the limit.
   *
   * @param writing whether the adapter says that bytes still wait to be written
   */
  boolean isStuck(long now, Duration limit, boolean writing) {
    int latest = polls;
    boolean still = ((latest & 1) == 1 || writing) && latest == seenPolls;
    if (!still) {
      seenPolls = latest;
      stillSince = now;
    }
    return still && now - stillSince > limit.toNanos();
  }

  /** Why a connection ends whose client does not read. */
  static ConnectionClosedException failure(Duration limit) {
    return new ConnectionClosedException(
        "The client did not read for "
            + limit.toSeconds()
            + " s; the option sendTimeout says how long it may");
  }
}
