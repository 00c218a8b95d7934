package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.ClientTimer;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time: one daemon thread for all connections of the process. */
final class SharedTimer implements ClientTimer {
  private static final long IDLE_SECONDS = 30;

  /** More nanoseconds than a long can hold are as good as this. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(365);

  private final ScheduledThreadPoolExecutor executor;

  SharedTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            action -> {
              Thread thread = new Thread(action, "hubbub-client-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Task schedule(Duration delay, Runnable action) {
    Duration pause = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    ScheduledFuture<?> scheduled = executor.schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
