package io.hubbub;

/**
 * What happens to a connection whose client reads so slowly that its outbound queue passes the
 * limit in bytes.
 */
public enum OverflowPolicy {
  /** It is closed, and its client may reconnect. The default. */
  CLOSE,
  /**
   * The message that does not fit is dropped; results, completions and stream items still close the
   * connection.
   */
  DROP_NEWEST
}
