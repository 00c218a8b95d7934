package io.hubbub.transport.jakarta;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the hub has queued: one send at a time, because not every container bears two, and
 * what was queued meanwhile in the next.
 *
 * <p>Threads: any. Whoever finds nobody writing writes, until nothing waits; a send that does not
 * end at once is gone on with where the container tells that it has.
 */
final class SocketOutbound implements WebSocket, SendHandler {
  private static final Logger log = LoggerFactory.getLogger(SocketOutbound.class);

  /** Some containers wait for ever for the client's close frame. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** What closing is before it is a close code. */
  private static final int OPEN = 0;

  /** What closing is when nothing may be written any more. */
  private static final int STOPPED = -1;

  /** How far the send under way has got. */
  private enum Send {
    NONE,
    /** The container's method has not returned yet. */
    CALLED,
    /** It has returned, and its result is awaited. */
    PENDING,
    /** The result came before it returned. */
    DONE_AT_ONCE
  }

  private final ContainerSession container;
  private final PayloadJoiner queued;
  private final SocketParts parts;
  private final Executor writers;
  private final boolean blocking;

  /** How often writing was asked for since the writer last stood still; 0: it stands still. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicReference<Send> send = new AtomicReference<>(Send.NONE);

  /** OPEN, a code to close with when nothing waits any more, or STOPPED. */
  private final AtomicInteger closing = new AtomicInteger(OPEN);

  private volatile boolean closeSent;

  SocketOutbound(ContainerSession container, WebSocketHandler handler, SocketParts parts) {
    this.container = container;
    this.queued = new PayloadJoiner(handler);
    this.parts = parts;
    this.blocking = container.prefersBlockingSends() && parts.virtualThreads().isPresent();
    this.writers = blocking ? parts.virtualThreads().get() : Runnable::run;
  }

  @Override
  public void outboundReady() {
    if (asked.getAndIncrement() == 0) {
      writers.execute(this::writeAll);
    }
  }

  @Override
  public boolean isWriting() {
    return send.get() != Send.NONE;
  }

  @Override
  public void close(int code) {
    if (closing.compareAndSet(OPEN, code)) {
      outboundReady();
    }
  }

  @Override
  public void abort() {
    stop();
    container.abort();
  }

  /**
   * The client has sent a close frame. Where the container leaves it to us, what waits is written
   * and the frame answered with 1000; the others have answered it already, with its own code.
   */
  void answerClose() {
    if (container.answersCloseFrames()) {
      close(CloseCodes.NORMAL_CLOSURE.getCode());
    }
  }

  /**
   * The container ends the connection when this returns; our own close frame is to leave before.
   */
  void awaitCloseFrame() {
    container.awaitCloseFrame();
  }

  /** Nothing more is written. */
  void stop() {
    closing.set(STOPPED);
  }

  /** Whether our own close frame went out, or tried to. */
  boolean isCloseSent() {
    return closeSent;
  }

  @Override
  public void onResult(SendResult result) {
    if (!result.isOK()) {
      fail(result.getException());
    } else if (!send.compareAndSet(Send.CALLED, Send.DONE_AT_ONCE)) {
      send.set(Send.NONE);
      writers.execute(this::writeAll);
    }
  }

  /** Whoever runs this is the writer: {@link #asked} is not 0, and no send is under way. */
  private void writeAll() {
    int seen;
    do {
      seen = asked.get();
      if (!writeWaiting()) {
        return;
      }
    } while (!asked.compareAndSet(seen, 0));
  }

  /** Answers false when the writer's work is gone on with elsewhere, or never. */
  private boolean writeWaiting() {
    while (closing.get() != STOPPED) {
      int code = closing.get();
      Payload next = queued.next();
      if (next != null) {
        if (!write(next)) {
          return false;
        }
      } else if (code == OPEN) {
        return true;
      } else {
        sendClose(code);
        return false;
      }
    }
    return false;
  }

  private boolean write(Payload payload) {
    try {
      send.set(Send.CALLED);
      if (blocking) {
        writeBlocking(payload);
        send.set(Send.NONE);
        return true;
      }
      if (payload.format() == TransferFormat.TEXT) {
        container.session.getAsyncRemote().sendText(text(payload), this);
      } else {
        container.session.getAsyncRemote().sendBinary(payload.buffer(), this);
      }
      return !send.compareAndSet(Send.CALLED, Send.PENDING)
          && send.compareAndSet(Send.DONE_AT_ONCE, Send.NONE);
    } catch (IOException | RuntimeException e) {
      fail(e);
      return false;
    }
  }

  private void writeBlocking(Payload payload) throws IOException {
    if (payload.format() == TransferFormat.TEXT) {
      container.session.getBasicRemote().sendText(text(payload));
    } else {
      container.session.getBasicRemote().sendBinary(payload.buffer());
    }
  }

  /** A broadcast's payload is one for all its receivers, so it becomes a string once. */
  private static String text(Payload payload) {
    return payload.form(String.class, p -> new String(p.array(), StandardCharsets.UTF_8));
  }

  private void sendClose(int code) {
    if (!closing.compareAndSet(code, STOPPED)) {
      return;
    }
    closeSent = true;
    container.close(new CloseReason(CloseCodes.getCloseCode(code), null), parts.patient());
    parts.scheduler().schedule(LINGER, container::abort);
  }

  /**
   * A client's close frame makes writes fail, too; then its answer must leave, so nothing is cut.
   */
  private void fail(@Nullable Throwable cause) {
    log.debug("A WebSocket could not be written to", cause);
    boolean ending = closing.getAndSet(STOPPED) == STOPPED || container.isCloseFrameReceived();
    if (ending) {
      parts.scheduler().schedule(LINGER, container::abort);
    } else {
      container.abort();
    }
  }
}
