package io.hubbub.internal.connection;

/**
 * When a connection was last heard of and last pinged, in nanoseconds of the scheduler. It has no
 * timer: the server's one tick asks every connection.
 *
 * <p>Threads: {@link #received}, {@link #idle} and {@link #arm} the receive callback; {@link
 * #pingDue} the tick; the questions any.
 */
final class KeepAlive {
  /** Written by the tick. The start of the connection until its first ping. */
  private volatile long lastPing;

  /** Written by the receive callback. */
  private volatile long lastReceived;

  /** Whether the client has pinged once; written by the receive callback. */
  private volatile boolean armed;

  /** Whether a message is being handled, so that silence is no sign; as {@code lastReceived}. */
  private volatile boolean handling;

  KeepAlive(long now) {
    this.lastPing = now;
    this.lastReceived = now;
  }

  /** The client pings; from now on it must not fall silent. */
  void arm() {
    armed = true;
  }

  /** A message has come; the clock stops until {@link #idle}. */
  void received() {
    if (!handling) {
      handling = true;
    }
  }

  /** Everything that came is handled; the clock starts anew. */
  void idle(long now) {
    if (handling) {
      lastReceived = now;
      handling = false;
    }
  }

  /** Whether the handshake, or the farewell, has taken too long. */
  boolean isOver(long now, long nanos) {
    return now - lastPing > nanos;
  }

  /** The time that {@link #isOver} counts from, anew. */
  void restart(long now) {
    lastPing = now;
  }

  /** Whether a ping is due; the interval starts anew if so, whether or not it can be sent. */
  boolean pingDue(long now, long interval) {
    if (now - lastPing <= interval) {
      return false;
    }
    lastPing = now;
    return true;
  }

  /** Whether a client that has pinged has been silent for too long. */
  boolean isSilent(long now, long timeout) {
    return armed && !handling && now - lastReceived >= timeout;
  }
}
