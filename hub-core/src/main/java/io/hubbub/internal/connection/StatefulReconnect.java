package io.hubbub.internal.connection;

import io.hubbub.protocol.ReceivedSequence;
import io.hubbub.protocol.ReplayBuffer;

/**
 * What a connection keeps so that its client may come back on a new socket.
 *
 * <p>Threads: as its parts say; {@link #permits} one at a time (the transport).
 */
final class StatefulReconnect {
  /** A client whose network is bad comes back now and then; more at once is an attack. */
  private static final int BURST = 20;

  private static final long NANOS_PER_RECONNECT = 1_000_000_000L;

  private final ReplayBuffer replay;
  private final ReceivedSequence received = new ReceivedSequence();

  /** When the allowance for reconnects is full again, in nanoseconds of the scheduler. */
  private long fullAgainAt;

  StatefulReconnect(ReplayBuffer replay, long now) {
    this.replay = replay;
    this.fullAgainAt = now;
  }

  ReplayBuffer replay() {
    return replay;
  }

  ReceivedSequence received() {
    return received;
  }

  /** Whether the client may come back now: {@value #BURST} times at once, then once a second. */
  boolean permits(long now) {
    long used = Math.max(0, fullAgainAt - now);
    if (used + NANOS_PER_RECONNECT > BURST * NANOS_PER_RECONNECT) {
      return false;
    }
    fullAgainAt = now + used + NANOS_PER_RECONNECT;
    return true;
  }
}
