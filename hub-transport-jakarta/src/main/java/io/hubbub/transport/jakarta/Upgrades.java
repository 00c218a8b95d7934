package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpResponse;
import io.hubbub.http.WebSocketHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into WebSockets through the container's {@code jakarta.websocket}.
 *
 * <p>Threads: any.
 */
final class Upgrades {
  private static final String CONTAINER = ServerContainer.class.getName();
  private static final int KEY_CHARACTERS = 24;
  private static final int KEY_BYTES = 16;

  private final SocketParts parts;

  Upgrades(SocketParts parts) {
    this.parts = parts;
  }

  /** Whether a request is a correct upgrade and the container has WebSockets. */
  static boolean isUpgrade(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && hasToken(request.getHeaders("Upgrade"), "websocket")
        && hasToken(request.getHeaders("Connection"), "upgrade")
        && "13".equals(request.getHeader("Sec-WebSocket-Version"))
        && isKey(request.getHeader("Sec-WebSocket-Key"))
        && request.getServletContext().getAttribute(CONTAINER) instanceof ServerContainer;
  }

  void upgrade(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpResponse head,
      WebSocketHandler handler)
      throws IOException {
    ServerContainer container =
        (ServerContainer) request.getServletContext().getAttribute(CONTAINER);
    SocketEndpoint endpoint = new SocketEndpoint(handler, parts);
    // Not our own class, which Jetty wants to be public: the configurator gives the object anyway.
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(Endpoint.class, "/")
            .configurator(new SocketConfigurator(endpoint, head))
            .build();
    try {
      container.upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException e) {
      handler.onClosed(e);
      throw new IOException("The container refused the upgrade", e);
    } catch (IOException | RuntimeException e) {
      handler.onClosed(e);
      throw e;
    }
  }

  private static boolean hasToken(Enumeration<String> values, String token) {
    for (String value : Collections.list(values)) {
      for (String part : value.split(",", -1)) {
        if (part.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isKey(@Nullable String key) {
    if (key == null || key.length() != KEY_CHARACTERS) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
