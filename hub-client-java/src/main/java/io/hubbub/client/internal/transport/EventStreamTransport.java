package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Server-Sent Events: one endless response comes down, POSTs go up.
 *
 * <p>Threads: the HTTP client hands over the response's bytes one piece after the other.
 */
final class EventStreamTransport implements Transport, Flow.Subscriber<List<ByteBuffer>> {
  private static final int OK = 200;

  private final PostSender posts;
  private final EventStreamParser parser;
  private final TwoWayEnd end;
  private volatile Flow.@Nullable Subscription response;

  private EventStreamTransport(
      HttpCalls http, HubEndpoint endpoint, TransportListener listener, int maxBytes) {
    this.posts = new PostSender(http, endpoint);
    this.end = new TwoWayEnd(listener, http.workers());
    this.parser = new EventStreamParser(maxBytes, listener::onBytes);
  }

  /** Opens the stream; it is connected when the response has begun. */
  static CompletableFuture<Transport> connect(
      HttpCalls http, HubEndpoint endpoint, TransportListener listener, int maxBytes) {
    EventStreamTransport transport = new EventStreamTransport(http, endpoint, listener, maxBytes);
    HttpCalls.Call call =
        HttpCalls.Call.of("GET", endpoint.url(), http.settings().timeout())
            .accepting("text/event-stream");
    return http.send(call, endpoint.tokens(), BodyHandlers.ofPublisher())
        .thenApply(
            response -> {
              expectStream(response);
              response.body().subscribe(transport);
              return transport;
            });
  }

  private static void expectStream(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    if (response.statusCode() != OK) {
      response.body().subscribe(new Discarding());
      throw new CompletionException(
          new IOException(
              "Expected an event stream, but the server answered " + response.statusCode()));
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    response = subscription;
    if (end.isTold()) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    if (end.isTold()) {
      return;
    }
    try {
      for (ByteBuffer piece : pieces) {
        parser.add(piece);
      }
    } catch (IOException e) {
      cancelResponse();
      end.tell(TransportEnd.refused(e));
      return;
    }
    Flow.Subscription known = response;
    if (known != null) {
      known.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    end.tell(TransportEnd.cut(new IOException("The event stream was cut off.", error)));
  }

  @Override
  public void onComplete() {
    end.tell(TransportEnd.ORDERLY);
  }

  private void cancelResponse() {
    Flow.Subscription known = response;
    if (known != null) {
      known.cancel();
    }
  }

  @Override
  public CompletionStage<Void> send(byte[] bytes) {
    return end.post(posts, bytes, this::cancelResponse);
  }

  @Override
  public CompletionStage<Void> close() {
    cancelResponse();
    end.tell(TransportEnd.ORDERLY);
    return CompletableFuture.completedFuture(null);
  }

  /** Reads nothing of an answer that is no event stream, so that its socket is given back. */
  private static final class Discarding implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
