package io.hubbub.internal.connection;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a client, bounded in bytes. Anybody offers, and learns whether the transport is to
 * be told; one drainer polls.
 *
 * <p>In the order in which they leave: what is sent again after a reconnect, one urgent message (a
 * handshake response, a ping, an acknowledgement), the messages in order, the farewell. With
 * stateful reconnect the messages in order, and only they, go through the replay buffer, and wait
 * here while it is full.
 *
 * <p>No wake-up is lost: {@code announced} is set by the offer that asks for a wake-up and reset by
 * the poll that finds nothing, both under the lock, so an offer either sees the reset or its
 * message is seen by the poll.
 *
 * <p>Threads: any; every method is short and holds the queue's own lock, no foreign code runs under
 * it.
 */
final class OutboundQueue {
  /** What became of an offer. */
  enum Offer {
    /** It waits, and the transport knows. */
    QUEUED,
    /** It waits, and the transport is to be told now. */
    WAKE,
    /** It does not fit. */
    OVERFLOW,
    /** The connection is closing. */
    SEALED
  }

  private static final Payload[] NONE = {};
  private static final int SMALLEST_RING = 4;
  private static final int LARGEST_IDLE_RING = 32;
  private static final int LOW_WATER_DIVISOR = 4;
  private static final CompletableFuture<Void> ROOM = CompletableFuture.completedFuture(null);

  private final int limit;

  // All guarded by this.
  private @Nullable ReplayBuffer replay;
  private @Nullable ArrayDeque<Payload> again;
  private @Nullable Payload urgent;

  /** The first in order. Most wait alone, and the ring behind it is not touched for them. */
  private @Nullable Payload first;

  private @Nullable Payload[] ring = NONE;
  private int head;
  private int count;
  private long bytes;
  private @Nullable Payload farewell;
  private boolean announced;
  private boolean sealed;
  private @Nullable CompletableFuture<Void> room;

  /**
   * @param limit bytes of messages that may wait; one message always may, however long
   */
  OutboundQueue(int limit) {
    this.limit = limit;
  }

  /** From now on messages can be sent again. Called before the first message in order. */
  synchronized void keepForReplay(ReplayBuffer buffer) {
    replay = buffer;
  }

  /** Adds a message in order. */
  synchronized Offer offer(Payload message) {
    if (sealed) {
      return Offer.SEALED;
    }
    if (first != null && bytes + message.size() > limit) {
      return Offer.OVERFLOW;
    }
    append(message);
    return announce() ? Offer.WAKE : Offer.QUEUED;
  }

  /** Adds a message that overtakes those in order; refused while another one waits. */
  synchronized Offer offerUrgent(Payload message) {
    if (sealed) {
      return Offer.SEALED;
    }
    if (urgent != null) {
      return Offer.OVERFLOW;
    }
    urgent = message;
    return announce() ? Offer.WAKE : Offer.QUEUED;
  }

  /** The next message to write; null when none may leave now. */
  @Nullable Payload poll() {
    CompletableFuture<Void> freed;
    Payload next;
    synchronized (this) {
      next = take();
      if (next == null) {
        announced = false;
      }
      freed = sealed || bytes <= lowWater() ? takeRoom() : null;
    }
    if (freed != null) {
      freed.complete(null);
    }
    return next;
  }

  private @Nullable Payload take() {
    Payload repeated = again == null ? null : again.poll();
    if (repeated != null) {
      return repeated;
    }
    again = null;
    Payload overtaking = urgent;
    if (overtaking != null) {
      urgent = null;
      return overtaking;
    }
    if (first != null) {
      return takeInOrder(first);
    }
    Payload last = farewell;
    farewell = null;
    return last;
  }

  private @Nullable Payload takeInOrder(Payload next) {
    if (replay != null && !sealed && !replay.hasRoom()) {
      return null;
    }
    first = count == 0 ? null : takeFromRing();
    bytes -= next.size();
    if (replay != null) {
      replay.sent(next);
    }
    return next;
  }

  private @Nullable Payload takeFromRing() {
    Payload next = ring[head];
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    count--;
    if (count == 0 && ring.length > LARGEST_IDLE_RING) {
      ring = NONE;
      head = 0;
    }
    return next;
  }

  /**
   * Closes the queue for offers.
   *
   * @param last leaves after everything else; null: nothing does
   * @param drop whether what waits is forgotten
   * @return whether the transport is to be told now
   */
  boolean seal(@Nullable Payload last, boolean drop) {
    CompletableFuture<Void> freed;
    boolean wake;
    synchronized (this) {
      sealed = true;
      farewell = last;
      if (drop) {
        forget();
      }
      freed = takeRoom();
      wake = isWaiting() && announce();
    }
    if (freed != null) {
      freed.complete(null);
    }
    return wake;
  }

  /** The transport is gone: closes the queue and forgets what waits. */
  void discard() {
    seal(null, true);
  }

  /** What the peer may have missed leaves before all else. The transport is to be told then. */
  synchronized void repeat(Payload sequence, List<Payload> messages) {
    ArrayDeque<Payload> missed = new ArrayDeque<>(messages.size() + 1);
    missed.add(sequence);
    missed.addAll(messages);
    again = missed;
    announced = true;
  }

  /**
   * The replay buffer has room again.
   *
   * @return whether the transport is to be told now
   */
  synchronized boolean resume() {
    return isWaiting() && announce();
  }

  /** Whether anything waits. */
  synchronized boolean isWaiting() {
    return first != null || urgent != null || farewell != null || again != null;
  }

  /** How many bytes of messages in order wait. */
  synchronized long bytes() {
    return bytes;
  }

  /** Done when there is room for more: the demand of result streams. */
  synchronized CompletionStage<Void> room() {
    if (sealed || bytes <= lowWater()) {
      return ROOM;
    }
    CompletableFuture<Void> awaited = room;
    if (awaited == null) {
      awaited = new CompletableFuture<>();
      room = awaited;
    }
    return awaited;
  }

  private long lowWater() {
    return limit / LOW_WATER_DIVISOR;
  }

  private @Nullable CompletableFuture<Void> takeRoom() {
    CompletableFuture<Void> awaited = room;
    room = null;
    return awaited;
  }

  private boolean announce() {
    boolean first = !announced;
    announced = true;
    return first;
  }

  private void append(Payload message) {
    bytes += message.size();
    if (first == null) {
      first = message;
      return;
    }
    if (count == ring.length) {
      grow();
    }
    ring[(head + count) & (ring.length - 1)] = message;
    count++;
  }

  /** Doubles the ring; its length stays a power of two. */
  private void grow() {
    @Nullable Payload[] larger = new Payload[Math.max(SMALLEST_RING, 2 * ring.length)];
    int untilEnd = Math.min(count, ring.length - head);
    System.arraycopy(ring, head, larger, 0, untilEnd);
    System.arraycopy(ring, 0, larger, untilEnd, count - untilEnd);
    ring = larger;
    head = 0;
  }

  private void forget() {
    first = null;
    ring = NONE;
    head = 0;
    count = 0;
    bytes = 0;
    urgent = null;
    again = null;
  }
}
