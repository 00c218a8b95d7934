package io.hubbub.client.internal.socket;

import io.hubbub.client.internal.socket.SocketSettings.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Opens the socket of a WebSocket: TCP, the way through a proxy, TLS. Blocks while it does.
 *
 * <p>Threads: any; one connection on one thread.
 */
final class SocketOpener {
  private static final int CONNECT_TIMEOUT_MILLIS = 30_000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 407;

  private final SocketSettings settings;
  private final URI url;
  private final boolean secure;

  SocketOpener(SocketSettings settings, URI url) {
    this.settings = settings;
    this.url = url;
    this.secure = "wss".equalsIgnoreCase(url.getScheme());
  }

  private int port() {
    int given = url.getPort();
    if (given > 0) {
      return given;
    }
    return secure ? 443 : 80;
  }

  /** A pipe to the server, on a channel in blocking mode. */
  Pipe open(SocketChannel channel) throws IOException {
    Route route = route();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.socket().connect(route.address(), CONNECT_TIMEOUT_MILLIS);
    Pipe pipe = new PlainPipe(channel);
    if (route.throughProxy()) {
      passProxy(pipe);
    }
    return secure ? encrypted(channel) : pipe;
  }

  private Route route() {
    ProxySelector selector =
        settings.proxy() == null ? ProxySelector.getDefault() : settings.proxy();
    if (selector != null) {
      String scheme = secure ? "https" : "http";
      URI asked = URI.create(scheme + "://" + url.getRawAuthority() + "/");
      for (Proxy proxy : selector.select(asked)) {
        if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
          return new Route(new InetSocketAddress(at.getHostString(), at.getPort()), true);
        }
      }
    }
    return new Route(new InetSocketAddress(url.getHost(), port()), false);
  }

  private void passProxy(Pipe pipe) throws IOException {
    String authority = url.getHost() + ":" + port();
    String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    ProxyCredentials credentials = settings.credentials();
    if (credentials != null) {
      request += ProxyCredentials.HEADER + ": " + credentials.basic() + "\r\n";
    }
    pipe.write(new ByteBuffer[] {StandardCharsets.US_ASCII.encode(request + "\r\n")});
    HttpHead head = HttpHead.read(pipe);
    if (head.status() != OK) {
      throw new IOException(
          "Expected the proxy to answer 200 to CONNECT, but got "
              + head.status()
              + (head.status() == UNAUTHORIZED ? " (proxyCredentials)" : ""));
    }
  }

  private Pipe encrypted(SocketChannel channel) throws IOException {
    SSLEngine engine = context().createSSLEngine(url.getHost(), port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    TlsPipe pipe = new TlsPipe(channel, engine);
    pipe.shakeHands();
    return pipe;
  }

  private SSLContext context() throws IOException {
    SSLContext given = settings.tls();
    if (given != null) {
      return given;
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("The JVM has no default for TLS (option sslContext)", e);
    }
  }

  /** The request that asks for a WebSocket. */
  ByteBuffer upgradeRequest(Map<String, List<String>> headers) {
    StringBuilder request = new StringBuilder(256).append("GET ");
    String path = url.getRawPath();
    request.append(path == null || path.isEmpty() ? "/" : path);
    if (url.getRawQuery() != null) {
      request.append('?').append(url.getRawQuery());
    }
    request.append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, values) ->
            values.forEach(
                value -> request.append(name).append(": ").append(value).append("\r\n")));
    request.append("\r\n");
    return StandardCharsets.ISO_8859_1.encode(request.toString());
  }
}
