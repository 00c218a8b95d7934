package io.hubbub.internal.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a connection stands. Each step is taken once; whoever takes it acts on it, alone.
 *
 * <p>Threads: any, by one atomic transition.
 */
final class ConnectionState {
  /** The phases, in order. */
  enum Phase {
    /** The client has yet to name its protocol. */
    HANDSHAKE,
    /** The hub serves it. */
    OPEN,
    /** Somebody has ended it; what is queued still leaves. */
    CLOSING,
    /** Its transport is gone, and the hub has said goodbye. */
    CLOSED
  }

  private static final Phase[] PHASES = Phase.values();

  /** The ordinal of the phase: an integer costs an idle connection the least. */
  private final AtomicInteger ordinal = new AtomicInteger();

  Phase phase() {
    return PHASES[ordinal.get()];
  }

  /** Whether nobody has ended it yet. */
  boolean isAlive() {
    return ordinal.get() < Phase.CLOSING.ordinal();
  }

  /** The handshake is over. */
  boolean open() {
    return step(Phase.HANDSHAKE, Phase.OPEN);
  }

  /** Ends a connection on which no hub code has run. */
  boolean closeUnopened() {
    return step(Phase.HANDSHAKE, Phase.CLOSING);
  }

  /** Ends a connection that the hub serves. */
  boolean closeOpened() {
    return step(Phase.OPEN, Phase.CLOSING);
  }

  /** Everything is over. */
  boolean closed() {
    return step(Phase.CLOSING, Phase.CLOSED);
  }

  private boolean step(Phase from, Phase to) {
    return ordinal.compareAndSet(from.ordinal(), to.ordinal());
  }
}
