package io.hubbub.internal.dispatch;

/** A call that is answered with an error before its method is called. Carries no stack trace. */
final class CallRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param text what the client is told
   */
  CallRefusedException(String text) {
    super(text, null, false, false);
  }
}
