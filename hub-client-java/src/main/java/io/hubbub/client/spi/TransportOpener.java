package io.hubbub.client.spi;

import io.hubbub.protocol.TransferFormat;
import java.util.concurrent.CompletionStage;

/**
 * Opens a {@link Transport} for each start and each attempt to reconnect. It takes the place of
 * negotiate, tokens and the transports of the network.
 *
 * <p>Threads: called on any thread, which it must not block.
 */
@FunctionalInterface
public interface TransportOpener {
  /**
   * Connects.
   *
   * @param listener is told what comes, at the earliest when the client has sent its handshake
   * @param format what the protocol's messages are
   * @return the transport when bytes can be sent, or why there is none
   */
  CompletionStage<? extends Transport> open(TransportListener listener, TransferFormat format);
}
