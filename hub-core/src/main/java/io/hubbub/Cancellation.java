package io.hubbub;

import java.util.concurrent.CancellationException;

/**
 * Tells a running piece of work that nobody wants its result any more. As a parameter of a hub
 * method it is not part of what the client sends.
 *
 * <p>Threads: any.
 */
public interface Cancellation {
  /** Whether it has happened. */
  boolean isCancelled();

  /**
   * Runs an action when it happens, or at once if it has.
   *
   * @param action short; runs on the thread that cancels, its exceptions are logged
   */
  void onCancel(Runnable action);

  /**
   * Ends the work if nobody wants it any more.
   *
   * @throws CancellationException if cancelled
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("The caller cancelled this call");
    }
  }
}
