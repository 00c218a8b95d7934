package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpResponse;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a container upgrade one request exactly as it was decided: origins have been checked, and
 * neither subprotocols nor extensions are agreed on.
 *
 * <p>Threads: the container's, during one upgrade. Nothing is inherited from the container's own
 * configurator, which would be looked up by service loader and may be another container's.
 */
final class SocketConfigurator extends ServerEndpointConfig.Configurator {
  private final SocketEndpoint endpoint;
  private final HttpResponse head;

  SocketConfigurator(SocketEndpoint endpoint, HttpResponse head) {
    this.endpoint = endpoint;
    this.head = head;
  }

  @Override
  public boolean checkOrigin(String origin) {
    return true;
  }

  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return "";
  }

  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of();
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    for (Map.Entry<String, String> header : head.headers()) {
      response
          .getHeaders()
          .computeIfAbsent(header.getKey(), name -> new ArrayList<>())
          .add(header.getValue());
    }
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    return endpointClass.cast(endpoint);
  }
}
