package io.hubbub.client.internal.socket;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a socket is opened; travels to {@link SocketContainer} among Tyrus' properties.
 *
 * @param proxy chooses the proxy; null for the JVM's own choice
 * @param credentials for the proxy; null for none
 * @param tls keys and trust; null for the JVM's default
 */
public record SocketSettings(
    @Nullable ProxySelector proxy,
    @Nullable ProxyCredentials credentials,
    @Nullable SSLContext tls) {
  private static final String PROPERTY = SocketSettings.class.getName();

  /** Puts it where the container finds it. */
  public void addTo(Map<String, Object> properties) {
    properties.put(PROPERTY, this);
  }

  static SocketSettings from(Map<String, Object> properties) {
    return properties.get(PROPERTY) instanceof SocketSettings given
        ? given
        : new SocketSettings(null, null, null);
  }

  /** Where a connection really goes. */
  record Route(InetSocketAddress address, boolean throughProxy) {}
}
