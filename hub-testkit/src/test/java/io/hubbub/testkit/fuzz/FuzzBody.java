package io.hubbub.testkit.fuzz;

import io.hubbub.http.BodyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, which comes piece by piece and may break off; each piece is handed on when
 * the reader has taken the one before.
 *
 * <p>Threads: any.
 */
final class FuzzBody {
  // Guarded by this.
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private @Nullable BodyReader reader;
  private boolean reading;
  private boolean whole;
  private boolean broken;
  private boolean over;

  /** A piece has come. */
  FuzzBody add(byte[] piece) {
    synchronized (this) {
      pieces.add(piece);
    }
    readOn();
    return this;
  }

  /** Nothing more comes. */
  FuzzBody end() {
    synchronized (this) {
      whole = true;
    }
    readOn();
    return this;
  }

  /** The client goes away before the end. */
  void breakOff() {
    synchronized (this) {
      broken = true;
      pieces.clear();
    }
    readOn();
  }

  void readBy(BodyReader given) {
    synchronized (this) {
      reader = given;
    }
    readOn();
  }

  private void readOn() {
    for (Runnable step = next(); step != null; step = next()) {
      step.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    BodyReader known = reader;
    if (known == null || reading || over) {
      return null;
    }
    byte[] piece = pieces.poll();
    if (piece != null) {
      reading = true;
      return () -> handOn(known, piece);
    }
    over = whole || broken;
    if (!over) {
      return null;
    }
    return broken ? () -> known.onError(new IOException("the client went away")) : known::onEnd;
  }

  private void handOn(BodyReader known, byte[] piece) {
    CompletionStage<Void> demand = known.onBytes(ByteBuffer.wrap(piece));
    // The bytes were the reader's only during the call: one that still reads them shall notice.
    Arrays.fill(piece, (byte) '#');
    demand.whenComplete(
        (taken, refused) -> {
          synchronized (this) {
            reading = false;
            over |= refused != null;
          }
          readOn();
        });
  }
}
