package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import io.hubbub.protocol.PingMessage;

/**
 * Whether the server is still there, and this side's signs of life: pings when nothing else was
 * sent, the end when nothing came.
 *
 * <p>Threads: any; ticks come on the timer's thread. The stamps may be a moment old.
 */
final class Liveness implements Heartbeat.Beat {
  private final Link link;
  private final Outbound outbound;
  private final ClientRuntime runtime;
  private final long pingAfterNanos;
  private final long timeoutAfterNanos;
  private volatile long lastSent;
  private volatile long lastReceived;

  Liveness(Link link, Outbound outbound) {
    this.link = link;
    this.outbound = outbound;
    this.runtime = link.runtime();
    ConnectionSettings.Times times = link.settings().times();
    this.pingAfterNanos = times.keepAlive().toNanos();
    this.timeoutAfterNanos = times.serverTimeout().toNanos();
    sent();
    received();
  }

  /** Looks at the clock from now on, and says hello first: servers may wait for a sign of life. */
  void begin() {
    received();
    link.sendUrgent(PingMessage.INSTANCE);
    sent();
    runtime.heartbeat().add(this);
    if (link.isEnding()) {
      end();
    }
  }

  void end() {
    runtime.heartbeat().remove(this);
  }

  void sent() {
    lastSent = runtime.timer().nanoTime();
  }

  void received() {
    lastReceived = runtime.timer().nanoTime();
  }

  @Override
  public void tick(long now) {
    if (now - lastReceived > timeoutAfterNanos) {
      LinkEnd silence =
          LinkEnd.lost(
              new ConnectionClosedException(
                  "Server timeout elapsed without receiving a message from the server."));
      runtime.workers().execute(() -> link.end(silence));
    } else if (now - lastSent >= pingAfterNanos) {
      // What waits already will tell the server as much.
      if (!outbound.isBusy()) {
        link.sendUrgent(PingMessage.INSTANCE);
      }
      lastSent = now;
    }
  }
}
