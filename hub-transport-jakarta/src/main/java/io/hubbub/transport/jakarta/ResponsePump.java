package io.hubbub.transport.jakarta;

import io.hubbub.http.StreamSource;
import io.hubbub.http.StreamSource.ResponseControl;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body as fast as the client takes it, without a waiting thread.
 *
 * <p>Threads: any. The container calls when it can write, the source when it has something; whoever
 * finds nobody pumping pumps.
 */
final class ResponsePump implements WriteListener, ResponseControl {
  private final RequestLife life;
  private final @Nullable StreamSource source;

  /** Written first. Guarded by {@link #asked}. */
  private byte @Nullable [] first;

  /** Null until the container can be written to; written once. */
  private volatile @Nullable ServletOutputStream out;

  /** Whether something was written since the last flush. Guarded by {@link #asked}. */
  private boolean unflushed;

  /** How often pumping was asked for since the pump last stood still; 0: it stands still. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  /**
   * Whether the container has been asked whether it can be written to, and has not said so. Until
   * it does it must not be asked again.
   */
  private volatile boolean awaitingContainer = true;

  private volatile boolean ending;

  private ResponsePump(RequestLife life, byte[] first, @Nullable StreamSource source) {
    this.life = life;
    this.first = first;
    this.source = source;
  }

  /** Writes one body and ends. */
  static ResponsePump whole(RequestLife life, byte[] body) {
    ResponsePump pump = new ResponsePump(life, body, null);
    pump.ending = true;
    return pump;
  }

  /** Writes what a source gives, until it ends. */
  static ResponsePump stream(RequestLife life, byte[] first, StreamSource source) {
    return new ResponsePump(life, first, source);
  }

  /** Whether the whole body is known. */
  boolean isWhole() {
    return source == null;
  }

  /** Called while the request lives. */
  void start(ServletOutputStream stream) {
    out = stream;
    stream.setWriteListener(this);
  }

  /** Done when the whole answer has been written, or cannot be any more; never fails. */
  CompletionStage<Void> finished() {
    return finished;
  }

  @Override
  public void onWritePossible() {
    awaitingContainer = false;
    pump();
  }

  @Override
  public void ready() {
    pump();
  }

  @Override
  public void end() {
    ending = true;
    pump();
  }

  @Override
  public void abort() {
    finish(null);
  }

  @Override
  public void onError(Throwable cause) {
    finish(cause);
  }

  private void pump() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        writeAll();
      } catch (IOException | RuntimeException e) {
        finish(e);
      }
      seen = asked.addAndGet(-seen);
    } while (seen != 0);
  }

  private void writeAll() throws IOException {
    ServletOutputStream stream = out;
    while (stream != null && !over.get() && !awaitingContainer) {
      boolean last = ending;
      if (!life.call(() -> isReady(stream))) {
        continue;
      }
      byte[] next = next();
      if (next != null) {
        life.run(() -> stream.write(next));
        unflushed = true;
      } else if (last) {
        finish(null);
      } else if (unflushed) {
        unflushed = false;
        life.run(stream::flush);
      } else {
        return;
      }
    }
  }

  private boolean isReady(ServletOutputStream stream) {
    // Before the question: the container's call may come before its answer.
    awaitingContainer = true;
    boolean ready = stream.isReady();
    if (ready) {
      awaitingContainer = false;
    }
    return ready;
  }

  private byte @Nullable [] next() {
    byte[] head = first;
    if (head != null) {
      first = null;
      // An empty one is flushed, too: the head of the answer must leave.
      return head;
    }
    ByteBuffer polled = source == null ? null : source.poll();
    return polled == null ? null : bytesOf(polled);
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void finish(@Nullable Throwable cause) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    life.complete();
    if (source != null) {
      // A client that goes away while it is written to is nothing wrong.
      source.onClosed(cause instanceof IOException ? null : cause);
    }
    finished.complete(null);
  }
}
