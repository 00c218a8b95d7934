package io.hubbub;

import org.jspecify.annotations.Nullable;

/** An error whose text may reach the client, unlike that of any other exception. */
public class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what the client is told
   */
  public HubException(String message) {
    super(message);
  }

  /**
   * @param message what the client is told
   * @param cause what the client is not told
   */
  public HubException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
