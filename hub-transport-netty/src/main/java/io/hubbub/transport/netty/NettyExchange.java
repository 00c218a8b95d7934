package io.hubbub.transport.netty;

import io.hubbub.ConnectionRequest;
import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.spi.Identity;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer. A WebSocket keeps it as long as it lives, so it keeps nothing of the
 * codec's request.
 *
 * <p>Threads: {@link HttpExchange}'s methods any, one at a time; they do their work on the event
 * loop, which guards the fields.
 */
final class NettyExchange implements HttpExchange {
  private final HttpConnection connection;
  private final String method;
  private final boolean oldVersion;
  private final boolean expectsContinue;

  /** The key of a WebSocket upgrade; null when the request asks for none. */
  private final @Nullable String upgradeKey;

  private final NettyRequest request;
  private final Peer peer;
  private final RequestBody body;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private boolean keptAlive;
  private boolean gone;
  private @Nullable Runnable abortAction;
  private @Nullable StreamedResponse streamed;

  NettyExchange(HttpConnection connection, HttpRequest raw, Peer peer) {
    this.connection = connection;
    this.method = raw.method().name();
    this.oldVersion = raw.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.expectsContinue = HttpUtil.is100ContinueExpected(raw);
    this.upgradeKey = WebSocketUpgrade.keyOf(raw);
    this.peer = peer;
    this.request = NettyRequest.of(raw, peer.remote());
    this.body = new RequestBody(connection);
    this.keptAlive = HttpUtil.isKeepAlive(raw);
  }

  RequestBody body() {
    return body;
  }

  boolean isKeptAlive() {
    return keptAlive;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public ConnectionRequest request() {
    return request;
  }

  @Override
  public String scheme() {
    return peer.scheme();
  }

  @Override
  public Identity identity() {
    return Identity.ANONYMOUS;
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return upgradeKey != null;
  }

  @Override
  public void readBody(BodyReader reader) {
    connection.onEventLoop(
        () -> {
          if (gone) {
            body.read(reader);
            body.fail(null);
            return;
          }
          if (expectsContinue) {
            connection
                .channel()
                .writeAndFlush(
                    new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
          }
          body.read(reader);
        });
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse response) {
    claim();
    connection.onEventLoop(() -> write(response));
    return written;
  }

  /** Answers, if nobody has yet. */
  void respondIfOpen(HttpResponse response) {
    if (answered.compareAndSet(false, true)) {
      connection.onEventLoop(() -> write(response));
    }
  }

  private void claim() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("The request has been answered already");
    }
  }

  private void write(HttpResponse response) {
    if (gone) {
      written.complete(null);
      return;
    }
    DefaultFullHttpResponse full =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.wrappedBuffer(response.body()));
    putHeaders(response, full.headers());
    if (mayHaveBody(response.status()) && !full.headers().contains("Content-Length")) {
      HttpUtil.setContentLength(full, response.body().length);
    }
    HttpUtil.setKeepAlive(full.headers(), version(), keptAlive);
    connection.awaitWrite();
    connection
        .channel()
        .writeAndFlush(full)
        .addListener(
            done -> {
              connection.onWritten();
              written.complete(null);
              connection.onAnswered();
            });
  }

  private HttpVersion version() {
    return oldVersion ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  private static boolean mayHaveBody(int status) {
    return status != 204 && status != 304;
  }

  static void putHeaders(HttpResponse from, HttpHeaders to) {
    from.headers().forEach(header -> to.add(header.getKey(), header.getValue()));
  }

  @Override
  public void abort() {
    connection.close();
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    claim();
    connection.onEventLoop(() -> startStream(head, source));
  }

  private void startStream(HttpResponse head, StreamSource source) {
    StreamedResponse response = new StreamedResponse(connection, source);
    if (gone) {
      response.onGone();
      return;
    }
    streamed = response;
    DefaultHttpResponse start =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    putHeaders(head, start.headers());
    if (!start.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      if (oldVersion) {
        keptAlive = false;
      } else {
        start.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      }
    }
    HttpUtil.setKeepAlive(start.headers(), version(), keptAlive);
    response.start(start, head.body());
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    String key = upgradeKey;
    if (key == null) {
      throw new IllegalStateException("Expected a request that asks for a WebSocket");
    }
    claim();
    connection.onEventLoop(
        () -> {
          if (gone) {
            handler.onClosed(null);
          } else {
            WebSocketUpgrade.perform(connection, key, head, handler);
          }
        });
  }

  @Override
  public void onAborted(Runnable action) {
    connection.onEventLoop(
        () -> {
          if (gone) {
            action.run();
          } else {
            abortAction = action;
          }
        });
  }

  /** The client has gone before the exchange was over. */
  void onGone() {
    gone = true;
    body.fail(null);
    written.complete(null);
    if (streamed != null) {
      streamed.onGone();
    }
    if (abortAction != null) {
      abortAction.run();
    }
  }
}
