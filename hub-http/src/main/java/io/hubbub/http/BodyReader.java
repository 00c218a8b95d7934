package io.hubbub.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Takes a request's body. Threads: one call at a time; none before the stage of the last one is
 * done.
 */
public interface BodyReader {
  /**
   * A piece of the body.
   *
   * @param bytes the reader's only during the call
   * @return done when more may come; failed when no more is wanted: the adapter reads no further
   *     and calls nothing more
   */
  CompletionStage<Void> onBytes(ByteBuffer bytes);

  /** The whole body has been read. */
  void onEnd();

  /** The client went away or the body was malformed. */
  void onError(Throwable cause);
}
