package io.hubbub.client;

import org.jspecify.annotations.Nullable;

/** A connection could not be made: negotiate, every transport, or the handshake failed. */
public final class ConnectFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried and what came of it
   */
  public ConnectFailedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried
   * @param cause what came of it
   */
  public ConnectFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
