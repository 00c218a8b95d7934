package io.hubbub.testkit;

import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when a test says so.
 *
 * <p>Threads: any; what is due runs on the thread that calls {@link #advance}.
 */
public final class VirtualScheduler implements Scheduler {
  private final Object lock = new Object();

  // Guarded by lock.
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::order));
  private long now;
  private long order;

  @Override
  public long nanoTime() {
    synchronized (lock) {
      return now;
    }
  }

  @Override
  public Task schedule(Duration delay, Runnable action) {
    return add(delay.toNanos(), 0, action);
  }

  @Override
  public Task repeat(Duration interval, Runnable action) {
    return add(interval.toNanos(), interval.toNanos(), action);
  }

  private Task add(long delay, long interval, Runnable action) {
    synchronized (lock) {
      Entry entry = new Entry(now + delay, order++, interval, action);
      entries.add(entry);
      return () -> cancel(entry.order());
    }
  }

  private void cancel(long cancelled) {
    synchronized (lock) {
      entries.removeIf(entry -> entry.order() == cancelled);
    }
  }

  /** Lets time pass and runs, in order and each at its own time, what becomes due. */
  public void advance(Duration duration) {
    long until;
    synchronized (lock) {
      until = now + duration.toNanos();
    }
    for (Runnable due = next(until); due != null; due = next(until)) {
      due.run();
    }
  }

  private @Nullable Runnable next(long until) {
    synchronized (lock) {
      Entry first = entries.peek();
      if (first == null || first.due() > until) {
        now = Math.max(now, until);
        return null;
      }
      entries.remove(first);
      now = Math.max(now, first.due());
      if (first.interval() > 0) {
        entries.add(first.again());
      }
      return first.action();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      entries.clear();
    }
  }

  /**
   * Something scheduled.
   *
   * @param due when, in nanoseconds
   * @param order breaks ties and names it; kept when it repeats
   * @param interval until it is due again; 0: it runs once
   * @param action what runs
   */
  private record Entry(long due, long order, long interval, Runnable action) {
    Entry again() {
      return new Entry(due + interval, order, interval, action);
    }
  }
}
