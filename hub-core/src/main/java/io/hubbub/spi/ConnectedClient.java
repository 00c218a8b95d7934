package io.hubbub.spi;

import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that has shaken hands, as delivery sees it.
 *
 * <p>Threads: any.
 */
public interface ConnectedClient {
  /** The connection's public id. */
  String connectionId();

  /** The user's id; may change with an authentication refresh. */
  Optional<String> userId();

  /** The protocol that the client speaks. */
  HubProtocol protocol();

  /**
   * Queues a message; never waits. Nothing happens once the connection is closing. A message
   * without an encoding in the client's protocol is skipped and counted.
   *
   * @throws io.hubbub.protocol.HubEncodingException if it cannot be written in that protocol;
   *     nothing is queued then
   */
  void send(EncodedMessage message);

  /** Ends the connection; see {@link TransportConnection#abort}. */
  void abort(@Nullable Throwable cause);
}
