package io.hubbub.client.internal;

import java.time.Duration;

/**
 * When something was sent and received last, and what follows from it.
 *
 * <p>Threads: any; the stamps may be a moment old.
 */
final class KeepAlive {
  private final long pingAfter;
  private final long timeoutAfter;
  private volatile long lastSent;
  private volatile long lastReceived;

  KeepAlive(Duration interval, Duration serverTimeout, long now) {
    this.pingAfter = interval.toNanos();
    this.timeoutAfter = serverTimeout.toNanos();
    this.lastSent = now;
    this.lastReceived = now;
  }

  void sent(long now) {
    lastSent = now;
  }

  void received(long now) {
    lastReceived = now;
  }

  boolean isPingDue(long now) {
    return now - lastSent >= pingAfter;
  }

  boolean isServerSilent(long now) {
    return now - lastReceived > timeoutAfter;
  }
}
