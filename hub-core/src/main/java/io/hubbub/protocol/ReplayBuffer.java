package io.hubbub.protocol;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outgoing half of stateful reconnect: keeps the messages that the peer has not acknowledged
 * yet, so that they can be sent again over a new transport. It decides and counts; the writing is
 * its owner's.
 *
 * <p>A message is {@link #sent} when it is handed to the transport. Its owner asks {@link #hasRoom}
 * before and lets the message wait if there is none; the one message that crosses the limit is
 * still taken.
 *
 * <p>Threads: any; every method is short and holds a private lock.
 */
public final class ReplayBuffer {
  private final Object lock = new Object();
  private final int limit;
  private final Budget budget;

  // Guarded by lock.
  private final ArrayDeque<Payload> unacknowledged = new ArrayDeque<>();
  private long sent;
  private long bytes;

  /**
   * @param limit bytes kept before messages have to wait
   * @param budget bytes that all buffers of a process share
   */
  public ReplayBuffer(int limit, Budget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /**
   * Whether another message may be sent now. A buffer that is empty always has room, also when the
   * others have used the budget up.
   */
  public boolean hasRoom() {
    synchronized (lock) {
      return unacknowledged.isEmpty() || (bytes <= limit && !budget.isSpent());
    }
  }

  /** Counts a tracked message and keeps it. */
  public void sent(Payload message) {
    synchronized (lock) {
      sent++;
      unacknowledged.add(message);
      bytes += message.size();
      budget.take(message.size());
    }
  }

  /**
   * The peer has processed everything up to an id.
   *
   * @param sequenceId an id that was never sent is taken for the last one
   * @return whether messages that waited for room may be sent now
   */
  public boolean acknowledge(long sequenceId) {
    synchronized (lock) {
      long first = sent - unacknowledged.size() + 1;
      long acknowledged = Math.min(sequenceId, sent) - first + 1;
      for (long i = 0; i < acknowledged; i++) {
        int size = unacknowledged.remove().size();
        bytes -= size;
        budget.giveBack(size);
      }
      return acknowledged > 0 && hasRoom();
    }
  }

  /** What to send first over a new transport: the sequence id and the messages that follow it. */
  public Resend resend() {
    synchronized (lock) {
      long first = sent - unacknowledged.size() + 1;
      return new Resend(new SequenceMessage(first), List.copyOf(unacknowledged));
    }
  }

  /** How many bytes are kept. */
  public long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }

  /** Forgets everything and gives its share of the budget back. Idempotent. */
  public void clear() {
    synchronized (lock) {
      budget.giveBack(bytes);
      bytes = 0;
      unacknowledged.clear();
    }
  }

  /**
   * What opens a new transport.
   *
   * @param sequence goes first
   * @param messages follow, in order; already counted
   */
  public record Resend(SequenceMessage sequence, List<Payload> messages) {}

  /**
   * Bytes that all replay buffers of a process may keep together.
   *
   * <p>Threads: any.
   */
  public static final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param limit in bytes
     */
    public Budget(long limit) {
      this.limit = limit;
    }

    /** A budget without an end, for a process with few connections. */
    public static Budget unlimited() {
      return new Budget(Long.MAX_VALUE);
    }

    /** How many bytes are kept. */
    public long used() {
      return used.get();
    }

    private boolean isSpent() {
      return used.get() >= limit;
    }

    private void take(long size) {
      used.addAndGet(size);
    }

    private void giveBack(long size) {
      used.addAndGet(-size);
    }
  }
}
