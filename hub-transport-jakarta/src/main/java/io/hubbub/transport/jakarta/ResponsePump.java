package io.hubbub.transport.jakarta;

import io.hubbub.http.StreamSource;
import io.hubbub.http.StreamSource.ResponseControl;
import jakarta.servlet.AsyncContext;
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
  private final AsyncContext context;
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

  private ResponsePump(AsyncContext context, byte[] first, @Nullable StreamSource source) {
    this.context = context;
    this.first = first;
    this.source = source;
  }

  /** Writes one body and ends. */
  static ResponsePump whole(AsyncContext context, byte[] body) {
    ResponsePump pump = new ResponsePump(context, body, null);
    pump.ending = true;
    return pump;
  }

  /** Writes what a source gives, until it ends. */
  static ResponsePump stream(AsyncContext context, byte[] first, StreamSource source) {
    return new ResponsePump(context, first, source);
  }

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
      if (!isReady(stream)) {
        continue;
      }
      byte[] next = next();
      if (next != null) {
        stream.write(next);
        unflushed = true;
      } else if (last) {
        finish(null);
      } else if (unflushed) {
        unflushed = false;
        stream.flush();
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
    try {
      context.complete();
    } catch (IllegalStateException alreadyComplete) {
      // The container was faster: it ends a request whose client has gone.
    }
    if (source != null) {
      source.onClosed(cause);
    }
    finished.complete(null);
  }
}
