package io.hubbub.client.internal.transport;

import jakarta.websocket.WebSocketContainer;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.glassfish.tyrus.core.MaskingKeyGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Tyrus containers of this process: one for all connections that share proxy and TLS settings,
 * and all of them on one transport with one pool of threads.
 *
 * <p>Threads: any.
 */
final class WebSocketClients {
  /**
   * Masks only have to be unknown to the page that is inside a proxy's reach: one source will do.
   */
  private static final MaskingKeyGenerator MASKS = new SecureRandom()::nextInt;

  // Guarded by this.
  private final Map<Key, WebSocketContainer> containers = new HashMap<>();

  /** What a container is made for; its properties cannot differ between its connections. */
  private record Key(@Nullable String proxy, @Nullable SSLContext tls) {}

  synchronized WebSocketContainer forConnection(URI url, HttpSettings.Network network) {
    Key key = new Key(proxyFor(url, network.proxy()), network.tls());
    return containers.computeIfAbsent(key, WebSocketClients::create);
  }

  private static WebSocketContainer create(Key key) {
    ClientManager manager = ClientManager.createClient();
    Map<String, Object> properties = manager.getProperties();
    properties.put(ClientProperties.SHARED_CONTAINER, true);
    properties.put(ClientProperties.MASKING_KEY_GENERATOR, MASKS);
    String proxy = key.proxy();
    if (proxy != null) {
      properties.put(ClientProperties.PROXY_URI, proxy);
    }
    SSLContext tls = key.tls();
    if (tls != null) {
      properties.put(ClientProperties.SSL_ENGINE_CONFIGURATOR, new SslEngineConfigurator(tls));
    }
    return manager;
  }

  private static @Nullable String proxyFor(URI url, @Nullable ProxySelector selector) {
    if (selector == null) {
      return null;
    }
    for (Proxy proxy : selector.select(url)) {
      if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
        return "http://" + at.getHostString() + ":" + at.getPort();
      }
    }
    return null;
  }
}
