package io.hubbub.transport.netty;

import io.hubbub.http.BodyReader;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: waits until somebody wants it, then reads it as fast as they take it,
 * and throws away what nobody wants.
 *
 * <p>Threads: the event loop.
 */
final class RequestBody {
  /** More than this is not read only to keep a connection. */
  private static final long MAX_DISCARDED = 1 << 20;

  private final HttpConnection connection;
  private @Nullable BodyReader reader;
  private boolean discarding;
  private boolean complete;
  private long discarded;

  RequestBody(HttpConnection connection) {
    this.connection = connection;
  }

  boolean isComplete() {
    return complete;
  }

  /** Hands the body to a reader. */
  void read(BodyReader wanted) {
    reader = wanted;
    if (complete) {
      wanted.onEnd();
    } else {
      connection.readMore();
    }
  }

  /** Throws the rest away. */
  void discard() {
    reader = null;
    if (!discarding && !complete) {
      discarding = true;
      connection.readMore();
    }
  }

  /** A piece has come. */
  void onContent(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      fail(content.decoderResult().cause());
      connection.close();
      return;
    }
    complete = content instanceof LastHttpContent;
    BodyReader taker = reader;
    if (taker == null) {
      onDiscarded(content.content().readableBytes());
    } else if (content.content().isReadable()) {
      onPiece(taker, content.content());
    } else {
      next(taker);
    }
  }

  private void onDiscarded(int length) {
    discarded += length;
    if (complete) {
      connection.onBodyRead(this);
    } else if (discarded > MAX_DISCARDED) {
      connection.close();
    } else {
      connection.readMore();
    }
  }

  private void onPiece(BodyReader taker, ByteBuf piece) {
    CompletionStage<Void> demand = taker.onBytes(piece.nioBuffer());
    demand.whenComplete(
        (more, refused) ->
            connection.onEventLoop(
                () -> {
                  if (refused == null) {
                    next(taker);
                  } else {
                    giveUp();
                  }
                }));
  }

  private void giveUp() {
    if (complete) {
      connection.onBodyRead(this);
    } else {
      discard();
    }
  }

  private void next(BodyReader taker) {
    if (!complete) {
      connection.readMore();
      return;
    }
    connection.onBodyRead(this);
    taker.onEnd();
  }

  /** The rest will not come. */
  void fail(@Nullable Throwable cause) {
    BodyReader taker = reader;
    reader = null;
    if (taker != null && !complete) {
      complete = true;
      taker.onError(cause == null ? new IOException("The client went away") : cause);
    }
  }
}
