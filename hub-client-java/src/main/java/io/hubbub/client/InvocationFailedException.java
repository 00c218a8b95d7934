package io.hubbub.client;

/** The hub answered a call or a stream with an error. The message is the server's. */
public final class InvocationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String target;

  /**
   * @param target the hub method that was called
   * @param error what the server said
   */
  public InvocationFailedException(String target, String error) {
    super(error);
    this.target = target;
  }

  /** The hub method that was called. */
  public String target() {
    return target;
  }
}
