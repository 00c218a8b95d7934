package io.hubbub.transport.netty;

import io.hubbub.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client while it speaks HTTP: takes its requests one after the other and gives each to the
 * sites. Nothing is read that nobody has asked for, but for one message while an answer is awaited,
 * which shows that the client is still there.
 *
 * <p>Threads: the event loop, but for {@link #onEventLoop}.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** For paths that nobody has. */
  static final HttpResponse NOT_FOUND = HttpResponse.empty(404);

  private final Channel channel;
  private final ConnectionParts parts;
  private @Nullable NettyExchange exchange;

  /** A request that came before the one before it was answered. */
  private @Nullable HttpRequest next;

  private boolean reading;

  /** The request has been given to the sites. */
  private boolean offered;

  private boolean answered;
  private long deadline;

  HttpConnection(Channel channel, ConnectionParts parts) {
    this.channel = channel;
    this.parts = parts;
    this.deadline = after(parts.limits().headTimeout());
  }

  Channel channel() {
    return channel;
  }

  ConnectionParts parts() {
    return parts;
  }

  /** Runs an action on the connection's event loop, now if this is it. */
  void onEventLoop(Runnable action) {
    if (channel.eventLoop().inEventLoop()) {
      action.run();
      return;
    }
    try {
      channel.eventLoop().execute(action);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The server has stopped; an answer is dropped");
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    parts.deadlines().add(this);
    readMore();
  }

  /** Asks for the next message of the codec. */
  void readMore() {
    if (!reading) {
      reading = true;
      if (exchange != null && !exchange.body().isComplete()) {
        deadline = after(parts.limits().transferTimeout());
      }
      channel.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading = false;
    if (message instanceof HttpRequest request) {
      if (exchange == null) {
        begin(request);
      } else {
        next = request;
      }
    } else if (message instanceof HttpContent content) {
      onContent(content);
    }
  }

  /**
   * The flow control before this handler forgets an ask that one round of reading did not satisfy.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (reading) {
      channel.read();
    }
  }

  private void onContent(HttpContent content) {
    NettyExchange current = exchange;
    try {
      if (current != null) {
        deadline = Deadlines.NONE;
        current.body().onContent(content);
      }
    } finally {
      content.release();
    }
  }

  private void begin(HttpRequest request) {
    deadline = Deadlines.NONE;
    if (request.decoderResult().isFailure()) {
      refuse(request.decoderResult());
      return;
    }
    NettyExchange current =
        new NettyExchange(this, request, parts.forwarding().peer(channel, request.headers()));
    exchange = current;
    offered = hasBody(request);
    if (offered) {
      offer(current);
    } else {
      // The codec ends every request with an empty piece, which must not meet a WebSocket.
      current.body().discard();
    }
  }

  private static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  private void offer(NettyExchange current) {
    try {
      for (Site site : parts.sites()) {
        if (site.handle(current)) {
          return;
        }
      }
      current.respond(NOT_FOUND);
    } catch (RuntimeException failure) {
      LOG.error("A request to {} failed", current.request().path(), failure);
      current.respondIfOpen(HttpResponse.empty(500, "text/plain"));
    }
  }

  private void refuse(DecoderResult result) {
    HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
    if (result.cause() instanceof TooLongHttpLineException) {
      status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
    } else if (result.cause() instanceof TooLongHttpHeaderException
        || result.cause() instanceof TooLongFrameException) {
      status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
    }
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    HttpUtil.setContentLength(answer, 0);
    HttpUtil.setKeepAlive(answer, false);
    channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  /** The request's body has come as a whole. */
  void onBodyRead(RequestBody body) {
    NettyExchange current = exchange;
    if (current == null || current.body() != body) {
      return;
    }
    if (answered) {
      channel.eventLoop().execute(() -> nextRequest(current));
      return;
    }
    readMore();
    if (!offered) {
      offered = true;
      offer(current);
    }
  }

  /** The answer is being written; the client has this long to take it. */
  void awaitWrite() {
    deadline = after(parts.limits().transferTimeout());
  }

  /** What was written has left. */
  void onWritten() {
    deadline = Deadlines.NONE;
  }

  /** The answer has been written as a whole. */
  void onAnswered() {
    NettyExchange current = exchange;
    if (current == null) {
      return;
    }
    answered = true;
    if (current.body().isComplete()) {
      channel.eventLoop().execute(() -> nextRequest(current));
    } else {
      current.body().discard();
    }
  }

  /** Called twice for a body that came as a whole and was refused after its answer. */
  private void nextRequest(NettyExchange done) {
    if (exchange != done) {
      return;
    }
    if (!done.isKeptAlive()) {
      channel.close();
      return;
    }
    exchange = null;
    answered = false;
    deadline = after(parts.limits().idleTimeout());
    HttpRequest waiting = next;
    next = null;
    if (waiting != null) {
      begin(waiting);
    } else {
      readMore();
    }
  }

  /** The connection is a WebSocket now. */
  void onUpgraded() {
    exchange = null;
    parts.deadlines().remove(this);
  }

  boolean isLate(long now) {
    return deadline != Deadlines.NONE && now - deadline > 0;
  }

  void timeOut() {
    LOG.debug("Closing {}: a request, its body or its answer took too long", channel);
    channel.close();
  }

  void closeIfIdle() {
    if (exchange == null) {
      channel.close();
    }
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    parts.deadlines().remove(this);
    NettyExchange current = exchange;
    exchange = null;
    if (current != null) {
      current.onGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (!(failure instanceof IOException)) {
      LOG.debug("Closing {}", channel, failure);
    }
    channel.close();
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
