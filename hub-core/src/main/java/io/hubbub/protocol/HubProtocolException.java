package io.hubbub.protocol;

/**
 * The peer broke the protocol: the connection it came from is closed. The message names what was
 * expected.
 */
public final class HubProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what was found
   */
  public HubProtocolException(String message) {
    super(message);
  }

  /**
   * @param message what was expected and what was found
   * @param cause the parser's own exception
   */
  public HubProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
