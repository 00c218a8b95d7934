package io.hubbub.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter writes as a response's body, taken when it can write. Implemented by hub-http.
 *
 * <p>Threads: one call at a time, any.
 */
public interface StreamSource {
  /**
   * The answer's head is on its way.
   *
   * @param control how the source reaches the response
   */
  void onOpen(ResponseControl control);

  /** The next bytes, written and flushed as they are; null when nothing waits now. */
  @Nullable ByteBuffer poll();

  /**
   * The client went away, or the response ended. Called once, last.
   *
   * @param cause what was wrong; null when it ended in order or the client simply vanished
   */
  void onClosed(@Nullable Throwable cause);

  /** The response under a source, as an adapter offers it. Threads: any. */
  interface ResponseControl {
    /** Something waits in {@link StreamSource#poll}; the adapter polls until it is empty. */
    void ready();

    /** Polls what is left and ends the response in order. */
    void end();

    /**
     * Whether bytes that were polled still wait to be written to the network. Asked once a second,
     * to find clients that do not read; an adapter that polls only when its last write is done need
     * not implement it.
     */
    default boolean isWriting() {
      return false;
    }

    /** Ends the response at once. */
    void abort();
  }
}
