package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of a transport that reads and writes with different requests. The side that reads tells
 * it: when a POST fails because the hub has ended the connection, the hub's last messages may still
 * be coming, and they say why and whether to come back. That is waited for, but not for long.
 *
 * <p>Threads: any.
 */
final class TwoWayEnd {
  private static final long LAST_MESSAGES_SECONDS = 3;

  private final TransportListener listener;
  private final Executor workers;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Why nothing can be sent any more; null while it can. */
  private final AtomicReference<@Nullable Throwable> failedPost = new AtomicReference<>();

  TwoWayEnd(TransportListener listener, Executor workers) {
    this.listener = listener;
    this.workers = workers;
  }

  boolean isTold() {
    return told.get();
  }

  /** Whether the caller is the one to tell the listener. */
  boolean claim() {
    return told.compareAndSet(false, true);
  }

  void tell(TransportEnd end) {
    if (claim()) {
      Throwable failed = failedPost.get();
      listener.onClosed(end.error() == null && failed != null ? TransportEnd.refused(failed) : end);
    }
  }

  /** Why nothing can be sent any more; null while it can. */
  @Nullable Throwable failedPost() {
    return failedPost.get();
  }

  /**
   * Sends bytes; after a POST that failed, nothing is sent any more.
   *
   * @param stopReading is run when the last messages take too long then
   */
  CompletionStage<Void> post(PostSender posts, byte[] bytes, Runnable stopReading) {
    Throwable failed = failedPost.get();
    if (failed != null) {
      return CompletableFuture.failedFuture(failed);
    }
    return posts
        .send(bytes)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                postFailed(Failures.unwrap(error), stopReading);
              }
            });
  }

  private void postFailed(Throwable error, Runnable stopReading) {
    if (failedPost.compareAndSet(null, error)) {
      CompletableFuture.delayedExecutor(LAST_MESSAGES_SECONDS, TimeUnit.SECONDS, workers)
          .execute(
              () -> {
                if (!isTold()) {
                  stopReading.run();
                  tell(TransportEnd.cut(error));
                }
              });
    }
  }
}
