package io.hubbub.transport.netty;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket, and the only handler of its pipeline, but for TLS. This half reads; {@link
 * WebSocketOutbound} writes.
 *
 * <p>What the socket gives is parsed at once. While the handler's demand is open, nothing is done
 * until more bytes come: only then they are kept and reading stops. So a call that is done before
 * the client sends its next one never touches the socket's settings.
 *
 * <p>Threads: the event loop, which also guards the fields unless they say otherwise.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements FrameParser.Sink {
  private static final AtomicIntegerFieldUpdater<WebSocketConnection> DEMAND =
      AtomicIntegerFieldUpdater.newUpdater(WebSocketConnection.class, "demand");

  /** The handler wants more. */
  private static final int MET = 0;

  /** The handler's stage is not done, and nothing has come meanwhile. */
  private static final int AWAITED = 1;

  /** The handler's stage is not done, and who completes it resumes reading. */
  private static final int STOPPED = 2;

  private final Channel channel;
  private final OutboundLoop loop;
  private final WebSocketHandler handler;
  private final WebSocketOutbound outbound;
  private final FrameParser parser = new FrameParser();

  /** {@link #MET}, {@link #AWAITED} or {@link #STOPPED}. Any thread. */
  private volatile int demand;

  /** What came while the demand was awaited, or the beginning of a frame's header. */
  private @Nullable ByteBuf kept;

  /** The parser has stopped because the demand is awaited. */
  private boolean paused;

  /** Nothing is read any more. */
  private boolean ended;

  private @Nullable Throwable cause;

  WebSocketConnection(Channel channel, OutboundLoop loop, WebSocketHandler handler) {
    this.channel = channel;
    this.loop = loop;
    this.handler = handler;
    this.outbound = new WebSocketOutbound(channel, loop, handler);
  }

  /** What the handler acts on. */
  WebSocket socket() {
    return outbound;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended || !(message instanceof ByteBuf)) {
      ReferenceCountUtil.release(message);
      return;
    }
    loop.beforeRead();
    ByteBuf in = (ByteBuf) message;
    if (kept != null) {
      in = joined(kept, in);
      kept = null;
    }
    if (mayRead()) {
      consume(in);
    } else {
      kept = in;
    }
  }

  private ByteBuf joined(ByteBuf head, ByteBuf tail) {
    ByteBuf all = channel.alloc().buffer(head.readableBytes() + tail.readableBytes());
    all.writeBytes(head).writeBytes(tail);
    head.release();
    tail.release();
    return all;
  }

  private void consume(ByteBuf in) {
    try {
      do {
        paused = false;
        parser.parse(in, loop.inboundRoom(), this);
      } while (paused && in.isReadable() && mayRead());
    } catch (WebSocketViolation violation) {
      fail(violation);
    }
    if (in.isReadable() && !ended) {
      kept = in;
    } else {
      in.release();
    }
  }

  /** Decides whether to go on; if not, reading stops until the handler wants more. */
  private boolean mayRead() {
    if (demand == AWAITED && DEMAND.compareAndSet(this, AWAITED, STOPPED)) {
      channel.config().setAutoRead(false);
    }
    return demand == MET;
  }

  @Override
  public boolean onData(byte[] bytes, int length) {
    if (ended) {
      return true;
    }
    CompletionStage<Void> stage = handler.onBytes(ByteBuffer.wrap(bytes, 0, length));
    CompletableFuture<Void> future = stage.toCompletableFuture();
    if (future.isDone()) {
      return true;
    }
    demand = AWAITED;
    future.whenComplete((done, failure) -> demandMet());
    paused = demand != MET;
    return !paused;
  }

  private void demandMet() {
    if (!DEMAND.compareAndSet(this, AWAITED, MET)) {
      demand = MET;
      onEventLoop(this::resume);
    }
  }

  private void resume() {
    if (ended || !mayRead()) {
      return;
    }
    channel.config().setAutoRead(true);
    ByteBuf in = kept;
    kept = null;
    if (in != null) {
      consume(in);
    }
  }

  private void onEventLoop(Runnable action) {
    try {
      channel.eventLoop().execute(action);
    } catch (RejectedExecutionException ended) {
      // The server has stopped and its channels are being closed: there is nothing to resume.
      channel.close();
    }
  }

  @Override
  public void onPing(byte[] payload) {
    outbound.pong(payload);
  }

  @Override
  public void onClose() {
    ended = true;
    handler.onCloseFrame();
    outbound.closeByPeer();
  }

  private void fail(WebSocketViolation violation) {
    ended = true;
    cause = violation;
    outbound.fail(violation.closeCode());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    outbound.end();
    if (kept != null) {
      kept.release();
      kept = null;
    }
    handler.onClosed(cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (!(failure instanceof IOException) && cause == null) {
      cause = failure;
    }
    context.close();
  }
}
