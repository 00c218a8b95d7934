package io.hubbub.transport.netty;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.unix.Socket;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing half of a WebSocket. {@link #outboundReady} only marks it; its event loop then polls
 * the handler until it is empty and writes everything as one. Payloads are taken only while
 * everything written before has left for the kernel, so a slow client's bytes stay in the hub's
 * bounded queue. Where it can be, it is the kernel that is written to ({@link DirectWrite}); the
 * channel gets what does not fit there. That its bytes have left is seen by Netty's outbound buffer
 * being empty after the flush; only when it is not, an empty write behind them tells by its promise
 * when it is.
 *
 * <p>Threads: what {@link WebSocket} offers any, the rest the event loop, which also guards the
 * fields unless they say otherwise.
 */
final class WebSocketOutbound implements WebSocket {
  private static final AtomicIntegerFieldUpdater<WebSocketOutbound> DIRTY =
      AtomicIntegerFieldUpdater.newUpdater(WebSocketOutbound.class, "dirty");
  private static final AtomicIntegerFieldUpdater<WebSocketOutbound> CLOSE_CODE =
      AtomicIntegerFieldUpdater.newUpdater(WebSocketOutbound.class, "closeCode");

  private static final Logger log = LoggerFactory.getLogger(WebSocketOutbound.class);

  /** Payloads up to this length are copied, so that several share a frame and a write. */
  private static final int MAX_JOINED = 1 << 12;

  /** How much is written before others of the event loop have their turn. */
  private static final int MAX_ROUND = 1 << 18;

  private static final int NORMAL_CLOSE = 1000;

  private final Channel channel;
  private final OutboundLoop loop;
  private final WebSocketHandler handler;

  /** Takes frames past the channel; null where that cannot be. */
  private final @Nullable Socket socket;

  /** The next in the event loop's list; written by who has put this into it. */
  @Nullable WebSocketOutbound nextDirty;

  /** 1 while in the event loop's list. Any thread. */
  private volatile int dirty;

  /** With what to close when nothing is left to write; 0: not yet. Any thread, the first counts. */
  private volatile int closeCode;

  /** Bytes that were polled have not left yet. Read by any thread. */
  private volatile boolean blocked;

  /** Nothing is written any more. */
  private boolean ended;

  /** The channel may hold bytes (first the answer to the upgrade): what follows queues behind. */
  private boolean inChannel = true;

  private boolean peerClosed;
  private byte @Nullable [] pong;

  WebSocketOutbound(Channel channel, OutboundLoop loop, WebSocketHandler handler) {
    this.channel = channel;
    this.loop = loop;
    this.handler = handler;
    this.socket = DirectWrite.socketOf(channel);
  }

  /** Something is to be written. */
  @Override
  public void outboundReady() {
    if (dirty == 0 && DIRTY.compareAndSet(this, 0, 1)) {
      loop.add(this);
    }
  }

  @Override
  public boolean isWriting() {
    return blocked;
  }

  @Override
  public void abort() {
    channel.close();
  }

  /** Closes when nothing is left to write. */
  @Override
  public void close(int code) {
    if (CLOSE_CODE.compareAndSet(this, 0, code)) {
      outboundReady();
    }
  }

  /** The client has sent a close frame: it is answered when nothing is left to write. */
  void closeByPeer() {
    peerClosed = true;
    if (ended) {
      channel.close();
    } else {
      close(NORMAL_CLOSE);
    }
  }

  /** Closes at once because the client broke the protocol. */
  void fail(int code) {
    if (!ended) {
      ended = true;
      channel.writeAndFlush(closeFrame(code)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The channel is gone: the handler is not polled any more. */
  void end() {
    ended = true;
  }

  /** Answers a ping; only the latest one while writing is blocked. */
  void pong(byte[] payload) {
    pong = payload;
    outboundReady();
  }

  /** Writes what waits; it has just left the event loop's list, and only that calls this. */
  void flush() {
    // Before polling: what is queued after the last poll marks this again.
    DIRTY.set(this, 0);
    writeWaiting();
  }

  /** May be in the list or not: its mark is left alone, or it could be put there twice. */
  private void writeWaiting() {
    try {
      if (!ended && !blocked) {
        writeAll();
      }
    } catch (RuntimeException | Error e) {
      // Memory that runs out, or the hub: others of this event loop must not wait for it.
      log.warn("A WebSocket could not be written to and is cut", e);
      ended = true;
      channel.close();
    }
  }

  private void writeAll() {
    // Before polling, too: what was queued before the close leaves before it.
    int code = closeCode;
    boolean more = writeRound();
    if (inChannel && !flushChannel()) {
      block();
    } else if (more) {
      outboundReady();
    } else if (code != 0) {
      writeClose(code);
    }
  }

  /** Answers whether everything has left for the kernel. */
  private boolean flushChannel() {
    channel.flush();
    if (UnsentBytes.waitIn(channel)) {
      return false;
    }
    inChannel = socket == null;
    return true;
  }

  private void write(ByteBuf frame) {
    if (!inChannel && socket != null) {
      DirectWrite.write(socket, frame);
      if (!frame.isReadable()) {
        frame.release();
        return;
      }
    }
    inChannel = true;
    channel.write(frame, channel.voidPromise());
  }

  private void block() {
    blocked = true;
    ChannelPromise left = channel.newPromise();
    left.addListener(
        done -> {
          blocked = false;
          writeWaiting();
        });
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER, left);
  }

  /** Writes payloads; answers whether it stopped before there were none. */
  private boolean writeRound() {
    writePong();
    Payload next = handler.poll();
    int written = 0;
    while (next != null) {
      if (next.size() > MAX_JOINED) {
        written += next.size();
        write(FramedPayload.of(next).view());
        if (written >= MAX_ROUND) {
          return true;
        }
        next = handler.poll();
      } else {
        next = writeJoined(next);
      }
    }
    return false;
  }

  /**
   * Writes small payloads as one frame.
   *
   * @return the payload after them, which did not fit
   */
  private @Nullable Payload writeJoined(Payload first) {
    ByteBuf frame = loop.outboundBuffer();
    frame.setIndex(FramedPayload.MAX_HEADER, FramedPayload.MAX_HEADER);
    Payload next = first;
    try {
      do {
        frame.writeBytes(next.array());
        next = handler.poll();
      } while (next != null && joins(next, first, frame));
    } catch (RuntimeException | Error e) {
      frame.release();
      throw e;
    }
    int end = frame.writerIndex();
    int length = end - FramedPayload.MAX_HEADER;
    int start = FramedPayload.MAX_HEADER - FramedPayload.headerLength(length);
    frame.setIndex(start, start);
    FramedPayload.writeHeader(frame, FramedPayload.opcode(first.format()), length);
    frame.writerIndex(end);
    write(frame);
    return next;
  }

  private static boolean joins(Payload next, Payload first, ByteBuf frame) {
    return next.size() <= Math.min(MAX_JOINED, frame.writableBytes())
        && next.format() == first.format();
  }

  private void writePong() {
    byte[] payload = pong;
    if (payload != null) {
      pong = null;
      ByteBuf frame = channel.alloc().directBuffer(FramedPayload.MAX_HEADER + payload.length);
      FramedPayload.writeHeader(frame, FrameParser.PONG, payload.length);
      write(frame.writeBytes(payload));
    }
  }

  private void writeClose(int code) {
    ended = true;
    ByteBuf frame = closeFrame(code);
    if (peerClosed) {
      channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
    } else {
      channel.writeAndFlush(frame, channel.voidPromise());
    }
  }

  private ByteBuf closeFrame(int code) {
    ByteBuf frame = channel.alloc().directBuffer(FramedPayload.MAX_HEADER);
    FramedPayload.writeHeader(frame, FrameParser.CLOSE, Short.BYTES);
    return frame.writeShort(code);
  }
}
