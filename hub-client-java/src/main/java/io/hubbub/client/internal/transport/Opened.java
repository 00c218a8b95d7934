package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportListener;
import java.time.Duration;
import java.util.Optional;

/**
 * A transport that is connected, and what was agreed about it.
 *
 * @param transport the pipe
 * @param listener who is told what comes through it
 * @param connectionId the public id; empty where negotiate was skipped
 * @param statefulReconnect whether {@link TransportConnector#reopen} can bring it back
 * @param tokenLifetime how long the access token is good for, where the server told
 * @param route how it was reached
 * @param <L> the listener's type
 */
public record Opened<L extends TransportListener>(
    Transport transport,
    L listener,
    Optional<String> connectionId,
    boolean statefulReconnect,
    Optional<Duration> tokenLifetime,
    Route route) {

  /** The way to a connection, for those who have to go it again. */
  public static final class Route {
    private final HubEndpoint hub;
    private final HubEndpoint connection;
    private final String connectionToken;

    Route(HubEndpoint hub, HubEndpoint connection, String connectionToken) {
      this.hub = hub;
      this.connection = connection;
      this.connectionToken = connectionToken;
    }

    HubEndpoint hub() {
      return hub;
    }

    HubEndpoint connection() {
      return connection;
    }

    String connectionToken() {
      return connectionToken;
    }
  }
}
