package io.hubbub.transport.jakarta;

import io.hubbub.http.StreamSource;
import io.hubbub.http.StreamSource.ResponseControl;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
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

  /** Guarded by {@link #asked}: only the one who pumps uses it. */
  private @Nullable ServletOutputStream out;

  /** Whether something was written since the last flush. Guarded by {@link #asked}. */
  private boolean unflushed;

  /** How often pumping was asked for since the pump last stood still; 0: it stands still. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean open;
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

  @Override
  public void onWritePossible() {
    open = true;
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
    // Before the container's first call nothing may be written; that call pumps.
    if (!open || asked.getAndIncrement() != 0) {
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
    ServletOutputStream stream = java.util.Objects.requireNonNull(out);
    while (!over.get()) {
      boolean last = ending;
      // False means that the container calls again; asking twice without a write in between is
      // allowed.
      if (!stream.isReady()) {
        return;
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
  }
}
