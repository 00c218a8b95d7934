package io.hubbub.transport.jakarta;

import io.hubbub.http.BodyReader;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as fast as its reader wants it, without a waiting thread.
 *
 * <p>Threads: the container calls when bytes come, the reader's stage when it wants more; whoever
 * finds nobody pumping pumps.
 */
final class BodyPump implements ReadListener {
  private static final int PIECE = 8192;

  private final RequestLife life;
  private final BodyReader reader;
  private final byte[] piece = new byte[PIECE];
  private final AtomicBoolean over = new AtomicBoolean();

  /** How often pumping was asked for since the pump last stood still; 0: it stands still. */
  private final AtomicInteger asked = new AtomicInteger();

  /** Null until the container can be asked; written once. */
  private volatile @Nullable ServletInputStream in;

  /** What the reader still works on. Guarded by {@link #asked}: only the one who pumps uses it. */
  private @Nullable CompletionStage<Void> working;

  /**
   * Whether the container has been asked whether it can be read, and has not said so. Until it does
   * it must not be asked again: that would let its thread and ours read at the same time.
   */
  private volatile boolean awaitingContainer = true;

  BodyPump(RequestLife life, BodyReader reader) {
    this.life = life;
    this.reader = reader;
  }

  /** Called while the request lives. */
  void start(ServletInputStream stream) {
    in = stream;
    stream.setReadListener(this);
  }

  @Override
  public void onDataAvailable() {
    awaitingContainer = false;
    pump();
  }

  @Override
  public void onAllDataRead() {
    awaitingContainer = false;
    pump();
  }

  @Override
  public void onError(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      reader.onError(cause);
    }
  }

  private void pump() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        readAll();
      } catch (IOException | RuntimeException e) {
        onError(e);
      }
      seen = asked.addAndGet(-seen);
    } while (seen != 0);
  }

  private void readAll() throws IOException {
    ServletInputStream stream = in;
    while (stream != null && !over.get() && !isReaderBusy() && !awaitingContainer) {
      int count = read(stream);
      if (count < 0) {
        end();
      } else if (count > 0) {
        hand(ByteBuffer.wrap(piece, 0, count));
      }
    }
  }

  /** Answers how many bytes there are now, -1 at the end. */
  private int read(ServletInputStream stream) throws IOException {
    return life.call(
        () -> {
          if (stream.isFinished()) {
            return -1;
          }
          return isReady(stream) ? stream.read(piece) : 0;
        });
  }

  private boolean isReady(ServletInputStream stream) {
    // Before the question: the container's call may come before its answer.
    awaitingContainer = true;
    boolean ready = stream.isReady();
    if (ready) {
      awaitingContainer = false;
    }
    return ready;
  }

  private void hand(ByteBuffer bytes) {
    CompletionStage<Void> stage = reader.onBytes(bytes);
    working = stage;
    stage.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            // The reader wants no more; what it answers is its own affair.
            over.set(true);
          } else {
            pump();
          }
        });
  }

  private boolean isReaderBusy() {
    CompletionStage<Void> stage = working;
    return stage != null && !stage.toCompletableFuture().isDone();
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      reader.onEnd();
    }
  }
}
