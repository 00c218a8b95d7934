package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.Failures;
import io.hubbub.client.spi.Transport;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent. One write is under way at a time; everything that queued up meanwhile goes
 * out with the next, so POSTs never overlap and bursts cost few frames.
 *
 * <p>With stateful reconnect a message is kept from the moment it is handed to a transport until
 * the server has acknowledged it, waits while too much is kept, and is sent again over the next
 * transport.
 *
 * <p>Threads: any. The lock is private and never held while a transport or a future is called.
 */
final class Outbound {
  /** Messages are joined up to about this length. */
  private static final int BATCH_BYTES = 64 * 1024;

  private final int limit;
  private final @Nullable ReplayBuffer replay;
  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  private @Nullable Transport transport;
  private long queuedBytes;
  private boolean writing;
  private int generation;
  private @Nullable Throwable ended;

  /**
   * @param limit bytes that may wait
   * @param replay keeps messages for stateful reconnect; null without it
   */
  Outbound(int limit, @Nullable ReplayBuffer replay) {
    this.limit = limit;
    this.replay = replay;
  }

  /** One message, whether stateful reconnect counts it, and who waits for it to be sent. */
  private record Entry(Payload payload, boolean tracked, CompletableFuture<Void> sent) {}

  /** What one write takes along. */
  private record Batch(Transport transport, int generation, byte[] bytes, List<Entry> entries) {}

  /** Begins to send, or goes on over another transport. */
  void attach(Transport next) {
    synchronized (lock) {
      transport = next;
    }
    drain();
  }

  /** Holds everything back: the transport is gone and another may come. */
  void detach() {
    synchronized (lock) {
      transport = null;
      writing = false;
      generation++;
    }
  }

  /** Goes on over a new transport with what the server may have missed, then with what waits. */
  void resume(Transport next, byte[] first) {
    Batch batch;
    synchronized (lock) {
      transport = next;
      writing = true;
      batch = new Batch(next, generation, first, List.of());
    }
    if (write(batch)) {
      drain();
    }
  }

  /**
   * Queues a message.
   *
   * @return done when it was handed over; fails if it never will be
   */
  CompletionStage<Void> send(Payload payload, boolean tracked) {
    return queue(payload, tracked, true);
  }

  /**
   * Queues the end of something, however much waits: who is not told of it waits for ever. Such
   * messages are small, and there is one for what was let in before.
   *
   * @return as {@link #send}
   */
  CompletionStage<Void> sendEnd(Payload payload, boolean tracked) {
    return queue(payload, tracked, false);
  }

  private CompletionStage<Void> queue(Payload payload, boolean tracked, boolean limited) {
    Entry entry = new Entry(payload, tracked, new CompletableFuture<>());
    Throwable refused;
    synchronized (lock) {
      refused = ended == null && limited ? tooMuch(payload) : ended;
      if (refused == null) {
        queue.add(entry);
        queuedBytes += payload.size();
      }
    }
    if (refused == null) {
      drain();
    } else {
      entry.sent().completeExceptionally(refused);
    }
    return entry.sent();
  }

  /**
   * Sends a sign of life or an acknowledgement ahead of what waits; dropped where nothing can be.
   */
  void sendUrgent(Payload payload) {
    synchronized (lock) {
      if (transport == null || ended != null) {
        return;
      }
      queue.addFirst(new Entry(payload, false, new CompletableFuture<>()));
      queuedBytes += payload.size();
    }
    drain();
  }

  /** Whether there is no transport at the moment. */
  boolean isDetached() {
    synchronized (lock) {
      return transport == null;
    }
  }

  /** Whether a write is under way or waits, so that no sign of life is needed. */
  boolean isBusy() {
    synchronized (lock) {
      return transport == null || writing || !queue.isEmpty();
    }
  }

  /** There may be room for messages again. */
  void drain() {
    Batch batch = nextBatch();
    while (batch != null) {
      if (!write(batch)) {
        return;
      }
      batch = nextBatch();
    }
  }

  /** Whether the write is done already. */
  private boolean write(Batch batch) {
    CompletableFuture<Void> written = begin(batch);
    if (written.isDone()) {
      written.whenComplete((done, error) -> finished(batch, error));
      return true;
    }
    written.whenComplete(
        (done, error) -> {
          finished(batch, error);
          drain();
        });
    return false;
  }

  /** A transport of the application's own may throw where it should answer with a failure. */
  private static CompletableFuture<Void> begin(Batch batch) {
    try {
      return batch.transport().send(batch.bytes()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void finished(Batch batch, @Nullable Throwable error) {
    synchronized (lock) {
      if (batch.generation() == generation) {
        writing = false;
      }
    }
    for (Entry entry : batch.entries()) {
      if (error == null || (replay != null && entry.tracked())) {
        entry.sent().complete(null);
      } else {
        entry.sent().completeExceptionally(LinkEnd.lost(Failures.unwrap(error)).reasonForCalls());
      }
    }
  }

  private @Nullable Batch nextBatch() {
    synchronized (lock) {
      Transport current = transport;
      if (writing || current == null || queue.isEmpty() || ended != null) {
        return null;
      }
      List<Entry> entries = new ArrayList<>();
      int size = 0;
      while (size < BATCH_BYTES && mayGo(queue.peek())) {
        Entry entry = queue.remove();
        if (replay != null && entry.tracked()) {
          replay.sent(entry.payload());
        }
        entries.add(entry);
        size += entry.payload().size();
      }
      if (entries.isEmpty()) {
        return null;
      }
      queuedBytes -= size;
      writing = true;
      return new Batch(current, generation, join(entries, size), entries);
    }
  }

  private boolean mayGo(@Nullable Entry entry) {
    return entry != null && (replay == null || !entry.tracked() || replay.hasRoom());
  }

  private static byte[] join(List<Entry> entries, int size) {
    if (entries.size() == 1) {
      return entries.get(0).payload().array();
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (Entry entry : entries) {
      byte[] bytes = entry.payload().array();
      System.arraycopy(bytes, 0, joined, at, bytes.length);
      at += bytes.length;
    }
    return joined;
  }

  // Called with the lock held.
  private @Nullable Throwable tooMuch(Payload payload) {
    return queue.isEmpty() || queuedBytes + payload.size() <= limit
        ? null
        : new IllegalStateException(
            "More than " + limit + " bytes wait to be sent (sendBufferBytes).");
  }

  /** Fails what waits and what is yet to come. */
  void end(Throwable reason) {
    List<Entry> waiting;
    synchronized (lock) {
      if (ended != null) {
        return;
      }
      ended = reason;
      waiting = List.copyOf(queue);
      queue.clear();
    }
    waiting.forEach(entry -> entry.sent().completeExceptionally(reason));
    if (replay != null) {
      replay.clear();
    }
  }
}
