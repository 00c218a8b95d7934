package io.hubbub.client.spi;

import java.util.Optional;
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
   * @param bytes never changed afterwards
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

  /** Whether silence means nothing, so that neither side pings, as on long polling. */
  default boolean hasInherentKeepAlive() {
    return false;
  }

  /** The id by which the server knows the connection; empty where the transport does not know. */
  default Optional<String> connectionId() {
    return Optional.empty();
  }
}
