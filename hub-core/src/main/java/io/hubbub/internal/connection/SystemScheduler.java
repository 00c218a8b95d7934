package io.hubbub.internal.connection;

import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time, on one daemon thread of its own.
 *
 * <p>Threads: any; actions run on its thread and must be short.
 */
public final class SystemScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

  private final ScheduledThreadPoolExecutor timer;

  /** Starts its thread on first use. */
  public SystemScheduler() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            action -> {
              Thread thread = new Thread(action, "hubbub-time");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Task schedule(Duration delay, Runnable action) {
    return task(timer.schedule(safe(action), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public Task repeat(Duration interval, Runnable action) {
    long nanos = interval.toNanos();
    return task(timer.scheduleAtFixedRate(safe(action), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Task task(Future<?> scheduled) {
    return () -> scheduled.cancel(false);
  }

  /** One failure must not end a repeated action: an error neither, which may pass. */
  private static Runnable safe(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        LOG.error("A scheduled action failed", e);
      }
    };
  }
}
