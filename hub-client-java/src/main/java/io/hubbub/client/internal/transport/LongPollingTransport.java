package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Long polling: one GET after the other comes down, POSTs go up, DELETE ends it.
 *
 * <p>Threads: polls follow each other, so their answers are handled one at a time.
 */
final class LongPollingTransport implements Transport {
  /** Longer than servers let a poll wait (90 s). */
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(100);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final HttpCalls http;
  private final HubEndpoint endpoint;
  private final TransportListener listener;
  private final int maxBytes;
  private final PostSender posts;
  private final TwoWayEnd end;

  private LongPollingTransport(
      HttpCalls http, HubEndpoint endpoint, TransportListener listener, int maxBytes) {
    this.http = http;
    this.endpoint = endpoint;
    this.listener = listener;
    this.maxBytes = maxBytes;
    this.posts = new PostSender(http, endpoint);
    this.end = new TwoWayEnd(listener, http.workers());
  }

  /** Makes the first poll, which servers answer at once, and polls on. */
  static CompletableFuture<Transport> connect(
      HttpCalls http, HubEndpoint endpoint, TransportListener listener, int maxBytes) {
    LongPollingTransport transport = new LongPollingTransport(http, endpoint, listener, maxBytes);
    return transport
        .request()
        .thenApply(
            response -> {
              if (response.statusCode() != OK) {
                throw new CompletionException(transport.unexpected(response.statusCode()));
              }
              transport.poll();
              return transport;
            });
  }

  private void poll() {
    if (end.isTold()) {
      return;
    }
    Throwable failed = end.failedPost();
    if (failed == null) {
      request().whenComplete(this::polled);
    } else {
      // What came down is delivered, and nothing goes up any more.
      end.tell(TransportEnd.cut(failed));
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> request() {
    HttpCalls.Call call =
        HttpCalls.Call.of(
            "GET", Urls.poll(endpoint.url(), System.currentTimeMillis()), POLL_TIMEOUT);
    return http.send(call, endpoint.tokens(), BoundedBody.messages(maxBytes, POLL_TIMEOUT));
  }

  private void polled(@Nullable HttpResponse<byte[]> response, @Nullable Throwable error) {
    if (end.isTold()) {
      return;
    }
    if (response == null) {
      failed(error);
      return;
    }
    switch (response.statusCode()) {
      case OK -> {
        if (response.body().length > 0) {
          listener.onBytes(ByteBuffer.wrap(response.body()));
        }
        poll();
      }
      case NO_CONTENT -> end.tell(TransportEnd.ORDERLY);
      default -> end.tell(TransportEnd.refused(unexpected(response.statusCode())));
    }
  }

  private void failed(@Nullable Throwable error) {
    Throwable cause = Failures.unwrap(error);
    if (cause instanceof HttpTimeoutException) {
      poll();
    } else {
      end.tell(TransportEnd.cut(new IOException("A poll failed: " + cause.getMessage(), cause)));
    }
  }

  private IOException unexpected(int status) {
    return new IOException("Expected a poll to be answered with 200 or 204, but got " + status);
  }

  @Override
  public CompletionStage<Void> send(byte[] bytes) {
    return end.post(posts, bytes, () -> {});
  }

  @Override
  public CompletionStage<Void> close() {
    if (!end.claim()) {
      return CompletableFuture.completedFuture(null);
    }
    HttpCalls.Call call = HttpCalls.Call.of("DELETE", endpoint.url(), http.settings().timeout());
    return http.send(call, endpoint.tokens(), BoundedBody.answer(maxBytes, call.timeout()))
        .handle(
            (response, error) -> {
              // Nobody is left to care for a failure: the server finds out by itself.
              listener.onClosed(TransportEnd.ORDERLY);
              return null;
            });
  }

  @Override
  public boolean hasInherentKeepAlive() {
    return true;
  }
}
