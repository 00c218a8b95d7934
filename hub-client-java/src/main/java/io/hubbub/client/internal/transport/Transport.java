package io.hubbub.client.internal.transport;

import java.util.concurrent.CompletionStage;

/**
 * A connected pipe of bytes to one server.
 *
 * <p>Threads: any, but {@link #send} not again before the stage it returned is done.
 */
public interface Transport {
  /**
   * Sends whole hub messages.
   *
   * @return done when the transport takes the next ones; failed when these may not have arrived,
   *     and then the transport ends, too
   */
  CompletionStage<Void> send(byte[] bytes);

  /**
   * Ends the connection in an orderly way: nothing is cut that was sent before.
   *
   * @return done, never failed, when the end has been said to the server or cannot be
   */
  CompletionStage<Void> close();

  /** Whether silence means nothing, so that neither side pings: true for long polling. */
  default boolean hasInherentKeepAlive() {
    return false;
  }
}
