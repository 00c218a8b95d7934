package io.hubbub.http;

import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so. Threads: one. */
final class FakeTime implements Scheduler, InstantSource {
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final List<Entry> entries = new ArrayList<>();
  private long now;

  /** Lets time pass in steps of a tenth of a second. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now = Math.min(end, now + Duration.ofMillis(100).toNanos());
      List.copyOf(entries).forEach(Entry::runIfDue);
    }
  }

  boolean isIdle() {
    return entries.isEmpty();
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }

  @Override
  public Task schedule(Duration delay, Runnable action) {
    return add(new Entry(delay, action, false));
  }

  @Override
  public Task repeat(Duration interval, Runnable action) {
    return add(new Entry(interval, action, true));
  }

  @Override
  public void close() {
    entries.clear();
  }

  private Task add(Entry entry) {
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  private final class Entry {
    private final long interval;
    private final Runnable action;
    private final boolean again;
    private long due;

    Entry(Duration interval, Runnable action, boolean again) {
      this.interval = interval.toNanos();
      this.action = action;
      this.again = again;
      this.due = now + this.interval;
    }

    void runIfDue() {
      if (now < due) {
        return;
      }
      due += interval;
      if (!again) {
        entries.remove(this);
      }
      action.run();
    }
  }
}
