package io.hubbub.internal.connection;

import io.hubbub.protocol.ReceivedSequence;
import io.hubbub.protocol.ReplayBuffer;
import java.util.OptionalLong;

/**
 * What a connection keeps so that its client may come back on a new socket.
 *
 * <p>Threads: as its parts say; {@link #permits} one at a time (the transport), {@link #tick} the
 * server's tick.
 */
final class StatefulReconnect {
  /** A client whose network is bad comes back now and then; more at once is an attack. */
  private static final int BURST = 20;

  private static final long NANOS_PER_RECONNECT = 1_000_000_000L;

  private final ReplayBuffer replay;
  private final ReceivedSequence received = new ReceivedSequence();

  /** When the allowance for reconnects is full again, in nanoseconds of the scheduler. */
  private long fullAgainAt;

  /** Whether the tick before found something to acknowledge. Only the tick uses it. */
  private boolean acknowledgeNext;

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

  /**
   * What the server's tick acknowledges: not before it has waited for a whole interval, so that a
   * burst of calls is acknowledged once and not in its middle, wherever the tick falls.
   */
  OptionalLong tick() {
    acknowledgeNext = !acknowledgeNext && received.isUnacknowledged();
    return acknowledgeNext ? OptionalLong.empty() : received.dueAcknowledgement();
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
