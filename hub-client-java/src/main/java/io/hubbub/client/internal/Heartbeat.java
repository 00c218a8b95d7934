package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.ClientTimer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One tick for the keep-alive and the timeouts of all connections, while there are any.
 *
 * <p>Threads: any; ticks come on the timer's thread.
 */
final class Heartbeat {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final ClientTimer timer;

  // Guarded by this.
  private final Set<Beat> beats = new HashSet<>();
  private boolean ticking;

  Heartbeat(ClientTimer timer) {
    this.timer = timer;
  }

  /** Something that looks at the clock now and then. Must be short and must not throw. */
  @FunctionalInterface
  interface Beat {
    void tick(long nanoTime);
  }

  void add(Beat beat) {
    synchronized (this) {
      beats.add(beat);
      if (ticking) {
        return;
      }
      ticking = true;
    }
    timer.schedule(INTERVAL, this::tick);
  }

  synchronized void remove(Beat beat) {
    beats.remove(beat);
  }

  private void tick() {
    List<Beat> current;
    synchronized (this) {
      if (beats.isEmpty()) {
        ticking = false;
        return;
      }
      current = List.copyOf(beats);
    }
    long now = timer.nanoTime();
    current.forEach(beat -> beat.tick(now));
    timer.schedule(INTERVAL, this::tick);
  }
}
