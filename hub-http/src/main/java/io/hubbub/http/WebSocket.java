package io.hubbub.http;

/**
 * An open WebSocket, as an adapter offers it.
 *
 * <p>Threads: any; no method waits for the network.
 */
public interface WebSocket {
  /**
   * Something waits in {@link WebSocketHandler#poll}; the adapter polls until it is empty, one
   * write at a time.
   */
  void outboundReady();

  /**
   * Writes what is left to poll, then a close frame, and waits for the client's for as long as the
   * close time-out of the hub says; the owner calls {@link #abort} after that.
   *
   * @param code 1000 or 1011
   */
  void close(int code);

  /**
   * Whether bytes that were polled still wait to be written to the network. Asked once a second, to
   * find clients that do not read; an adapter that polls only when its last write is done need not
   * implement it.
   */
  default boolean isWriting() {
    return false;
  }

  /** Ends it at once. */
  void abort();
}
