package io.hubbub.internal.connection;

import io.hubbub.protocol.FrameReader;
import io.hubbub.protocol.Framing;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes into frames and hands them on, one at a time, as fast as they are taken: while a
 * frame's stage is open nothing is parsed, and the stage of {@link #onBytes} stays open, too.
 *
 * <p>Threads: {@link #onBytes} is the receive callback. When a frame was not taken at once, the
 * thread that takes it goes on in the place of the callback, which is not called again until then;
 * so everything here but the guarded fields belongs to one thread at a time.
 */
final class InboundPump {
  /** Who takes the frames; called on the thread that parses. */
  interface Sink {
    /** How the next frame is cut. */
    Framing framing();

    /**
     * Takes a frame.
     *
     * @param frame valid during the call
     * @return done when the next one may come
     */
    CompletionStage<Void> onFrame(ByteBuffer frame);

    /** Whether more frames are wanted. */
    boolean isOpen();

    /** Nothing more to take for now. */
    void onIdle();

    /** A frame was too long, unreadable, or could not be taken. */
    void onFailure(Throwable cause);

    /** The transport has ended and everything that came before was taken. */
    void onEnd(@Nullable Throwable cause, boolean insideFrame);
  }

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Sink sink;
  private final FrameReader reader;

  /** Whether bytes are being taken. Guarded by this. */
  private boolean busy;

  /** Whether the transport has ended. Guarded by this. */
  private boolean ended;

  /** Guarded by this. */
  private @Nullable Throwable endCause;

  /** What has not been parsed yet is to be forgotten. Set by any, reset by the parsing thread. */
  private volatile boolean stale;

  InboundPump(Sink sink, int maxFrameLength) {
    this.sink = sink;
    this.reader = new FrameReader(maxFrameLength);
  }

  /** Bytes have come; see {@link io.hubbub.spi.ConnectionReceiver#onBytes}. */
  CompletionStage<Void> onBytes(ByteBuffer bytes) {
    synchronized (this) {
      if (ended) {
        return DONE;
      }
      busy = true;
    }
    forgetIfStale();
    CompletableFuture<Void> pending = take(bytes);
    if (pending == null) {
      rest();
      return DONE;
    }
    reader.retain();
    CompletableFuture<Void> demand = new CompletableFuture<>();
    pending.whenComplete((taken, failure) -> resume(demand, failure));
    return demand;
  }

  private @Nullable CompletableFuture<Void> take(ByteBuffer bytes) {
    try {
      reader.add(bytes);
      return pump();
    } catch (RuntimeException | Error e) {
      // Also a class of the application that cannot be loaded must end only this connection.
      fail(e);
      return null;
    }
  }

  /** Takes whole frames until there is none, or one is not taken at once: then its stage. */
  private @Nullable CompletableFuture<Void> pump() {
    while (sink.isOpen()) {
      forgetIfStale();
      ByteBuffer frame = reader.next(sink.framing());
      if (frame == null) {
        return null;
      }
      CompletableFuture<Void> taken = sink.onFrame(frame).toCompletableFuture();
      if (!taken.isDone() || taken.isCompletedExceptionally()) {
        return taken;
      }
    }
    reader.discardPartialFrame();
    return null;
  }

  private void resume(CompletableFuture<Void> demand, @Nullable Throwable failure) {
    CompletableFuture<Void> pending = null;
    try {
      if (failure != null) {
        fail(failure);
      } else {
        pending = pump();
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (pending == null) {
      rest();
      demand.complete(null);
    } else {
      pending.whenComplete((taken, nextFailure) -> resume(demand, nextFailure));
    }
  }

  private void fail(Throwable cause) {
    reader.discardPartialFrame();
    sink.onFailure(cause);
  }

  private void rest() {
    sink.onIdle();
    synchronized (this) {
      busy = false;
      if (!ended) {
        return;
      }
    }
    end();
  }

  /** The transport has ended: the sink learns it when everything that came before is taken. */
  void end(@Nullable Throwable cause) {
    synchronized (this) {
      ended = true;
      endCause = cause;
      if (busy) {
        return;
      }
    }
    end();
  }

  private void end() {
    boolean insideFrame = reader.hasPartialFrame();
    reader.discardPartialFrame();
    sink.onEnd(endCause(), insideFrame);
  }

  synchronized @Nullable Throwable endCause() {
    return endCause;
  }

  /** Forgets what has not been parsed yet; the client sends it again. Threads: any. */
  void forget() {
    stale = true;
  }

  private void forgetIfStale() {
    if (stale) {
      stale = false;
      reader.discardPartialFrame();
    }
  }
}
