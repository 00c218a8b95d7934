package io.hubbub.backplane.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way out: sent at once while a link is there, kept in order while there is none.
 * What waits and what is on its way together stay below a limit; what does not fit is refused and
 * counted, as is what was on its way when a link broke.
 *
 * <p>Threads: any; nothing waits.
 */
final class Outbox {
  private final long maximumBytes;
  private final int maximumMessages;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger messages = new AtomicInteger();
  private final LongAdder lost = new LongAdder();
  private volatile long lastLatencyNanos = -1;

  /** Guarded by this. */
  private final Deque<Letter> waiting = new ArrayDeque<>();

  /** Null: nothing can be sent now. Set with the lock held, and only when nothing waits. */
  private volatile @Nullable RedisLink link;

  Outbox(long maximumBytes, int maximumMessages) {
    this.maximumBytes = maximumBytes;
    this.maximumMessages = maximumMessages;
  }

  CompletableFuture<Long> publish(String channel, byte[] message) {
    Letter letter = new Letter(channel, message);
    if (!admit(letter)) {
      lost.increment();
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "Expected at most "
                  + maximumMessages
                  + " messages and "
                  + maximumBytes
                  + " bytes on their way to Redis; the limit is RedisBackplane.Builder.outgoingLimit"));
    }
    RedisLink current = link;
    if (current == null) {
      current = linkUnlessKept(letter);
    }
    if (current != null) {
      send(current, letter);
    }
    return letter.outcome;
  }

  /** Over-counting for a moment refuses a message too early, never too late. */
  private boolean admit(Letter letter) {
    int count = messages.incrementAndGet();
    long size = bytes.addAndGet(letter.size);
    if (count > maximumMessages || size > maximumBytes) {
      release(letter);
      return false;
    }
    return true;
  }

  private void release(Letter letter) {
    messages.decrementAndGet();
    bytes.addAndGet(-letter.size);
  }

  private synchronized @Nullable RedisLink linkUnlessKept(Letter letter) {
    RedisLink current = link;
    if (current == null) {
      waiting.add(letter);
    }
    return current;
  }

  private void send(RedisLink to, Letter letter) {
    long start = System.nanoTime();
    to.publish(letter.channel, letter.message)
        .whenComplete(
            (receivers, error) -> {
              release(letter);
              if (error == null) {
                lastLatencyNanos = System.nanoTime() - start;
                letter.outcome.complete(receivers);
              } else {
                lost.increment();
                letter.outcome.completeExceptionally(error);
              }
            });
  }

  /** A link is there: sends what waits, in order, and from now on at once. */
  void open(RedisLink newLink) {
    Letter next = nextOrOpen(newLink);
    while (next != null) {
      send(newLink, next);
      next = nextOrOpen(newLink);
    }
  }

  private synchronized @Nullable Letter nextOrOpen(RedisLink newLink) {
    Letter next = waiting.poll();
    if (next == null) {
      link = newLink;
    }
    return next;
  }

  /** The link is gone: what comes now waits. */
  synchronized void close() {
    link = null;
  }

  /** Nothing is sent any more. */
  void fail(RuntimeException cause) {
    Letter next = pollClosed();
    while (next != null) {
      lost.increment();
      release(next);
      next.outcome.completeExceptionally(cause);
      next = pollClosed();
    }
  }

  private synchronized @Nullable Letter pollClosed() {
    link = null;
    return waiting.poll();
  }

  /** How many messages were refused, or broke with a link. */
  long lost() {
    return lost.sum();
  }

  /** How long the last message took to be confirmed; negative: none yet. */
  long lastLatencyNanos() {
    return lastLatencyNanos;
  }

  private static final class Letter {
    private final String channel;
    private final byte[] message;
    private final int size;
    private final CompletableFuture<Long> outcome = new CompletableFuture<>();

    Letter(String channel, byte[] message) {
      this.channel = channel;
      this.message = message;
      this.size = channel.length() + message.length;
    }
  }
}
