package io.hubbub.protocol;

import java.util.OptionalLong;

/**
 * The incoming half of stateful reconnect: counts the tracked messages that came, drops those that
 * came before, and knows when to acknowledge.
 *
 * <p>Threads: {@link #accept} and {@link #rewind} one at a time (the receive callback); the rest
 * one at a time (the tick), beside them.
 */
public final class ReceivedSequence {
  private long next = 1;

  /** Written by the receive callback, read by the tick. */
  private volatile long latest;

  /** Written by the tick; by the receive callback when the peer tells what it knows. */
  private volatile long acknowledged;

  /**
   * Counts a tracked message, whatever became of its payload.
   *
   * @return whether it is new; if not, it was processed before and is to be dropped
   */
  public boolean accept() {
    long id = next++;
    if (id <= latest) {
      return false;
    }
    latest = id;
    return true;
  }

  /**
   * The peer tells the id of its next message. It would not begin there if it knew of later ones
   * that they came: an acknowledgement that was lost on the way is due again.
   *
   * @throws HubProtocolException if messages before it never came
   */
  public void rewind(SequenceMessage sequence) {
    if (sequence.sequenceId() > next) {
      throw new HubProtocolException("Sequence ID greater than amount of messages we've received.");
    }
    next = sequence.sequenceId();
    acknowledged = next - 1;
  }

  /** Whether something came since the last acknowledgement. */
  public boolean isUnacknowledged() {
    return latest != acknowledged;
  }

  /** What is to be acknowledged now; empty when nothing new came since the last time. */
  public OptionalLong dueAcknowledgement() {
    long current = latest;
    if (current == acknowledged) {
      return OptionalLong.empty();
    }
    acknowledged = current;
    return OptionalLong.of(current);
  }

  /** The acknowledgement that was due could not be sent: it is due again. */
  public void unacknowledged() {
    acknowledged = 0;
  }
}
