package io.hubbub;

import org.jspecify.annotations.Nullable;

/** A connection that something was asked of does not exist, or ended before it answered. */
public final class ConnectionClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which connection, and what became of it
   */
  public ConnectionClosedException(String message) {
    super(message);
  }

  /**
   * @param message which connection, and what became of it
   * @param cause why it ended; null when it ended without an error
   */
  public ConnectionClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
