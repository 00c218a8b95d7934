package io.hubbub.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A response body of limited length, in memory. It must be complete within a time, too: the HTTP
 * client's own limit ends with the head of the response.
 *
 * <p>Threads: one at a time, as the HTTP client calls a subscriber; the time limit on a timer's.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int limit;
  private final String option;
  private final Duration time;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  /** Written once, before anything comes. */
  private volatile Flow.@Nullable Subscription subscription;

  private BoundedBody(int limit, String option, Duration time) {
    this.limit = limit;
    this.option = option;
    this.time = time;
  }

  /**
   * The answer to a request of the client's own.
   *
   * @param limit the longest body accepted, in bytes
   * @param time how long it may take to come
   */
  static BodyHandler<byte[]> answer(int limit, Duration time) {
    return response -> new BoundedBody(limit, "", time);
  }

  /**
   * Messages of the hub.
   *
   * @param limit the longest body accepted, in bytes
   * @param time how long it may take to come
   */
  static BodyHandler<byte[]> messages(int limit, Duration time) {
    return response -> new BoundedBody(limit, " (maximumMessageSize)", time);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body.copy()
        .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            error -> {
              if (error instanceof TimeoutException) {
                cancel();
                throw new CompletionException(
                    new IOException(
                        "Expected the whole response within "
                            + time.toMillis()
                            + " ms, but it went on"));
              }
              throw new CompletionException(Failures.unwrap(error));
            });
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (bytes.size() + (long) buffer.remaining() > limit) {
        refuse();
        return;
      }
      byte[] piece = new byte[buffer.remaining()];
      buffer.get(piece);
      bytes.write(piece, 0, piece.length);
    }
  }

  private void refuse() {
    cancel();
    body.completeExceptionally(
        new IOException(
            "Expected a response of at most " + limit + " bytes" + option + ", but it was longer"));
  }

  private void cancel() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }

  @Override
  public void onError(Throwable error) {
    body.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
