package io.hubbub.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the client of an in-memory connection has sent and the hub has not taken yet.
 *
 * <p>Threads: any; one at a time feeds the hub.
 */
final class InMemoryInbound {
  private final InMemoryConnection connection;
  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
  private boolean feeding;
  private CompletableFuture<Void> allTaken = new CompletableFuture<>();

  InMemoryInbound(InMemoryConnection connection) {
    this.connection = connection;
  }

  void add(byte[] bytes) {
    synchronized (lock) {
      unread.add(bytes);
      if (feeding) {
        return;
      }
      feeding = true;
    }
    feed();
  }

  /** Done when the hub has taken everything that was added up to now. */
  CompletableFuture<Void> taken() {
    synchronized (lock) {
      return feeding ? allTaken.copy() : CompletableFuture.completedFuture(null);
    }
  }

  private void feed() {
    for (byte[] next = nextUnread(); next != null; next = nextUnread()) {
      byte[] lent = next.clone();
      CompletableFuture<Void> taken =
          connection.hub().onBytes(ByteBuffer.wrap(lent)).toCompletableFuture();
      // The bytes were the hub's only during the call: one that still reads them shall notice.
      Arrays.fill(lent, (byte) '#');
      if (!taken.isDone()) {
        taken.whenComplete((done, none) -> feed());
        return;
      }
    }
  }

  private byte @Nullable [] nextUnread() {
    CompletableFuture<Void> finished;
    synchronized (lock) {
      byte[] next = connection.isClosed() ? null : unread.poll();
      if (next != null) {
        return next;
      }
      feeding = false;
      finished = allTaken;
      allTaken = new CompletableFuture<>();
    }
    finished.complete(null);
    return null;
  }
}
