package io.hubbub.internal.dispatch;

import io.hubbub.HubScope;
import io.hubbub.protocol.HubMessage;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.Identity;
import java.util.concurrent.CompletionStage;

/** What dispatch needs of the connection that its calls come from. Threads: any. */
public interface CallerConnection {
  /**
   * What a hub object works with during one call.
   *
   * @param gate what the scope's clients pass through before one of them is asked for a result
   */
  HubScope scope(ClientResultGate gate);

  /** Who calls, for authorization; follows an authentication refresh. */
  Identity identity();

  /** The connection as delivery sees it. */
  ConnectedClient client();

  /**
   * Encodes a message on the calling thread and queues it.
   *
   * @return done when the outbound queue has room for more, at once in the ordinary case: the
   *     demand of result streams
   * @throws io.hubbub.protocol.HubEncodingException if its payload cannot be written; nothing is
   *     queued then
   */
  CompletionStage<Void> send(HubMessage message);

  /** Ends the connection with an error that allows the client to reconnect. */
  void fail(Throwable cause);
}
