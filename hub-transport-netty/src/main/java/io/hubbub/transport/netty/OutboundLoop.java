package io.hubbub.transport.netty;

import io.hubbub.spi.BurstExecutor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the WebSockets of one event loop share: the list of those that have something to write, so
 * that a broadcast costs one task per event loop and not one per receiver, and the buffers through
 * which bytes go in and out.
 *
 * <p>The list is a stack of the connections themselves, linked through {@link
 * WebSocketOutbound#nextDirty}: adding one is one atomic operation and allocates nothing. Who adds
 * to an empty stack starts the task; the task takes all at once.
 *
 * <p>Threads: {@link #add} from any, {@link #release} when there is no other, the rest on the event
 * loop.
 */
final class OutboundLoop {
  private static final int INBOUND_BUFFER = 1 << 16;

  /** A client that does not read may keep one; so it is not too large. */
  private static final int OUTBOUND_BUFFER = 1 << 14;

  private final EventLoop eventLoop;
  private final BurstExecutor executor;
  private final ByteBufAllocator allocator;
  private final AtomicReference<@Nullable WebSocketOutbound> dirty = new AtomicReference<>();
  private final Runnable flush = this::flushAll;
  private final Runnable endBurst = this::endBurst;

  /** Event loop only. */
  private boolean inBurst;

  /** Where frames are unmasked. Event loop only; made when first needed. */
  private byte @Nullable [] inbound;

  /** Where small payloads are joined. Event loop only; free when nobody else holds it. */
  private @Nullable ByteBuf outbound;

  OutboundLoop(EventLoop eventLoop, BurstExecutor executor, ByteBufAllocator allocator) {
    this.eventLoop = eventLoop;
    this.executor = executor;
    this.allocator = allocator;
  }

  /**
   * Bytes are about to be handed to hubs: the calls of all connections that have sent something go
   * to the hub executor together, when the event loop has read them all. It lets them run then: on
   * a busy processor they are answered by the time that this loop, which is still awake, goes on.
   */
  void beforeRead() {
    if (!inBurst) {
      inBurst = true;
      executor.beginBurst();
      eventLoop.execute(endBurst);
    }
  }

  private void endBurst() {
    inBurst = false;
    executor.endBurst();
  }

  /** Flushes a connection soon. It is in the list once at most, by its own flag. */
  void add(WebSocketOutbound connection) {
    WebSocketOutbound head;
    do {
      head = dirty.get();
      connection.nextDirty = head;
    } while (!dirty.compareAndSet(head, connection));
    if (head == null) {
      schedule();
    }
  }

  private void schedule() {
    try {
      eventLoop.execute(flush);
    } catch (RejectedExecutionException ended) {
      // The server has stopped; the connections are being closed and nobody waits for their bytes.
      dirty.set(null);
    }
  }

  private void flushAll() {
    WebSocketOutbound connection = oldestFirst(dirty.getAndSet(null));
    while (connection != null) {
      WebSocketOutbound next = connection.nextDirty;
      connection.nextDirty = null;
      connection.flush();
      connection = next;
    }
  }

  private static @Nullable WebSocketOutbound oldestFirst(@Nullable WebSocketOutbound newest) {
    WebSocketOutbound previous = null;
    WebSocketOutbound current = newest;
    while (current != null) {
      WebSocketOutbound next = current.nextDirty;
      current.nextDirty = previous;
      previous = current;
      current = next;
    }
    return previous;
  }

  /** Room for unmasked bytes, until the next call. */
  byte[] inboundRoom() {
    byte[] room = inbound;
    if (room == null) {
      room = new byte[INBOUND_BUFFER];
      inbound = room;
    }
    return room;
  }

  /**
   * An empty buffer of {@link #OUTBOUND_BUFFER} bytes off the heap; the caller releases its own
   * count.
   */
  ByteBuf outboundBuffer() {
    ByteBuf buffer = outbound;
    if (buffer == null || buffer.refCnt() > 1) {
      if (buffer != null) {
        buffer.release();
      }
      buffer = allocator.directBuffer(OUTBOUND_BUFFER, OUTBOUND_BUFFER);
      outbound = buffer;
    }
    return buffer.clear().retain();
  }

  /** The event loop has ended. */
  void release() {
    if (outbound != null) {
      outbound.release();
      outbound = null;
    }
  }
}
