package io.hubbub.client.internal.transport;

import io.hubbub.client.internal.socket.SocketContainer;
import io.hubbub.client.internal.socket.SocketSettings;
import jakarta.websocket.WebSocketContainer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.WeakHashMap;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.MaskingKeyGenerator;

/**
 * The Tyrus containers of this process: one for all connections that share proxy and TLS settings.
 * A container goes when the last of its connections goes.
 *
 * <p>Threads: any.
 */
final class WebSocketClients {
  /** Masks only have to be unknown to a page that makes requests: one source for all will do. */
  private static final MaskingKeyGenerator MASKS = new SecureRandom()::nextInt;

  /**
   * With 0, its default, Tyrus hands a task to a pool for every message that goes or comes, which
   * then does nothing; and the pool ends with the last session, also under a new one.
   */
  private static final long NO_IDLE_TIMEOUT = -1;

  // Guarded by this. The settings are held by the connections that use them.
  private final Map<HttpSettings.Network, WebSocketContainer> containers = new WeakHashMap<>();

  synchronized WebSocketContainer forNetwork(HttpSettings.Network network) {
    return containers.computeIfAbsent(network, WebSocketClients::create);
  }

  private static WebSocketContainer create(HttpSettings.Network network) {
    ClientManager manager = ClientManager.createClient(SocketContainer.class.getName());
    manager.setDefaultMaxSessionIdleTimeout(NO_IDLE_TIMEOUT);
    Map<String, Object> properties = manager.getProperties();
    properties.put(ClientProperties.MASKING_KEY_GENERATOR, MASKS);
    new SocketSettings(network.proxy(), network.credentials(), network.tls()).addTo(properties);
    return manager;
  }
}
