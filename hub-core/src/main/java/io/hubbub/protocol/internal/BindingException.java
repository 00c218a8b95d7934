package io.hubbub.protocol.internal;

/** A value is well-formed but does not fit the Java type that it is for. */
public final class BindingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason what was expected and what was found
   */
  public BindingException(String reason) {
    // Strangers can cause these at will: no stack trace, which would cost more than the parsing.
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What was expected and what was found. */
  public String reason() {
    return reason;
  }
}
