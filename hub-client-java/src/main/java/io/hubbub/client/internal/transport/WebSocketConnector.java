package io.hubbub.client.internal.transport;

import io.hubbub.client.internal.socket.SocketFormat;
import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportListener;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Opens WebSockets. The jakarta.websocket API connects on the calling thread, so it is done on a
 * worker.
 *
 * <p>Threads: any.
 */
final class WebSocketConnector {
  private final WebSocketClients clients;
  private final HttpCalls http;
  private final TransportChoice choice;
  private final Executor connecting;

  WebSocketConnector(
      WebSocketClients clients, HttpCalls http, TransportChoice choice, Executor connecting) {
    this.clients = clients;
    this.http = http;
    this.choice = choice;
    this.connecting = connecting;
  }

  CompletableFuture<Transport> connect(HubEndpoint endpoint, TransportListener listener) {
    return endpoint
        .tokens()
        .fresh()
        .thenApplyAsync(
            token ->
                connectNow(
                    endpoint.url(),
                    token,
                    new WebSocketTransport(listener, choice.maxMessageSize())),
            connecting);
  }

  private Transport connectNow(URI url, String token, WebSocketTransport transport) {
    try {
      ClientEndpointConfig config = transport.configuration(new Headers(url, token));
      SocketFormat.of(choice.format()).addTo(config.getUserProperties());
      clients
          .forNetwork(http.settings().network())
          .connectToServer(transport, config, Urls.webSocket(url));
      return transport;
    } catch (DeploymentException | IOException e) {
      throw new CompletionException(new IOException(reason(e), e));
    }
  }

  private static String reason(Exception error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "WebSocket failed to connect: " + Failures.text(cause);
  }

  /** The headers of the opening handshake, both ways. */
  private final class Headers extends ClientEndpointConfig.Configurator {
    private final URI url;
    private final String token;

    Headers(URI url, String token) {
      this.url = url;
      this.token = token;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      // Tyrus wants lists that it can change.
      http.addHeaders(
          url, token, (name, value) -> headers.put(name, new ArrayList<>(List.of(value))));
    }

    @Override
    public void afterResponse(HandshakeResponse response) {
      http.keepCookies(url, response.getHeaders());
    }
  }
}
