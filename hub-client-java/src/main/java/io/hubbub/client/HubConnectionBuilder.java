package io.hubbub.client;

import io.hubbub.TransportType;
import io.hubbub.client.internal.ClientConnection;
import io.hubbub.client.internal.ClientRuntime;
import io.hubbub.client.internal.ConnectionSettings;
import io.hubbub.client.internal.socket.ProxyCredentials;
import io.hubbub.client.internal.transport.ConnectionCookies;
import io.hubbub.client.internal.transport.HttpSettings;
import io.hubbub.client.internal.transport.TransportChoice;
import io.hubbub.client.internal.transport.Urls;
import io.hubbub.client.spi.TransportOpener;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link HubConnection}. What is not said stays as the official clients have it.
 *
 * <p>Threads: one at a time. A builder can be used again; connections keep a copy.
 */
public final class HubConnectionBuilder {
  private static final int MEBIBYTE = 1 << 20;

  private final URI url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Set<TransportType> transports = EnumSet.allOf(TransportType.class);
  private HubProtocol protocol = JsonHubProtocol.create();
  private boolean skipNegotiation;
  private boolean statefulReconnect;
  private @Nullable AccessTokenProvider tokens;
  private @Nullable CookieHandler cookies;
  private @Nullable TransportOpener opener;
  private @Nullable ProxySelector proxy;
  private @Nullable ProxyCredentials proxyCredentials;
  private @Nullable SSLContext tls;
  private @Nullable RetryPolicy retries;
  private @Nullable Executor callbacks;
  private Duration requestTimeout = Duration.ofSeconds(100);
  private Duration handshakeTimeout = Duration.ofSeconds(15);
  private Duration keepAliveInterval = Duration.ofSeconds(15);
  private Duration serverTimeout = Duration.ofSeconds(30);
  private int maximumMessageSize = 64 * MEBIBYTE;
  private int sendBufferBytes = 64 * MEBIBYTE;
  private int statefulReconnectBufferBytes = 100_000;
  private int streamBufferItems = 65_536;
  private int maximumQueuedCalls = 65_536;

  HubConnectionBuilder(URI url) {
    if (!Urls.isHttp(url)) {
      throw new IllegalArgumentException(
          "Expected an address like https://example.com/hub, but got " + url);
    }
    this.url = url;
  }

  /** The transports that may be used; the server decides which comes first. All by default. */
  public HubConnectionBuilder transports(TransportType... allowed) {
    if (allowed.length == 0) {
      throw new IllegalArgumentException("Expected at least one transport");
    }
    transports = EnumSet.copyOf(List.of(allowed));
    return this;
  }

  /** The encoding of messages. JSON by default. */
  public HubConnectionBuilder protocol(HubProtocol used) {
    protocol = used;
    return this;
  }

  /**
   * Connects by WebSocket straight away, without negotiate. Needs {@code
   * transports(TransportType.WEB_SOCKETS)}; the connection then has no id.
   */
  public HubConnectionBuilder skipNegotiation() {
    skipNegotiation = true;
    return this;
  }

  /** A header that goes with every request. */
  public HubConnectionBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /**
   * Connects through a transport of one's own: no negotiate, no tokens, and the address means
   * nothing. The network's transports by default.
   */
  public HubConnectionBuilder transport(TransportOpener own) {
    opener = own;
    return this;
  }

  /**
   * Keeps cookies, and sends them with every request. By default each connection keeps its own in
   * memory, as the official clients do: servers behind a load balancer may depend on it.
   */
  public HubConnectionBuilder cookies(CookieHandler handler) {
    cookies = handler;
    return this;
  }

  /** Chooses the proxy, of type HTTP. By default the JVM's own choice. */
  public HubConnectionBuilder proxy(ProxySelector selector) {
    proxy = selector;
    return this;
  }

  /**
   * Name and password for the proxy, sent to whichever is chosen (scheme Basic). None by default.
   * For https addresses the JVM refuses that scheme unless it is started with {@code
   * -Djdk.http.auth.tunneling.disabledSchemes=}.
   */
  public HubConnectionBuilder proxyCredentials(String user, String password) {
    proxyCredentials = new ProxyCredentials(user, password);
    return this;
  }

  /** Keys and trust for https. By default the JVM's own. */
  public HubConnectionBuilder sslContext(SSLContext context) {
    tls = context;
    return this;
  }

  /** Gives access tokens, sent as bearer tokens. None by default. */
  public HubConnectionBuilder accessToken(AccessTokenProvider provider) {
    tokens = provider;
    return this;
  }

  /** Reconnects when the connection is lost. Never by default. */
  public HubConnectionBuilder automaticReconnect(RetryPolicy policy) {
    retries = policy;
    return this;
  }

  /** Reconnects at once, and after 2, 10 and 30 seconds. */
  public HubConnectionBuilder automaticReconnect() {
    return automaticReconnect(RetryPolicy.standard());
  }

  /**
   * Asks the server to keep a lost connection for a while: where it agrees, a cut WebSocket is
   * replaced and nothing that was on its way is lost. Off by default.
   */
  public HubConnectionBuilder statefulReconnect() {
    statefulReconnect = true;
    return this;
  }

  /**
   * Runs handlers, listeners and stream subscribers. By default a pool that all connections of the
   * process share: it has a few threads, and more while callbacks wait for futures. Callbacks that
   * block in other ways for long belong on an executor of the application's. What that refuses runs
   * on the pool.
   */
  public HubConnectionBuilder callbackExecutor(Executor executor) {
    callbacks = executor;
    return this;
  }

  /** How long an HTTP request may take; polls have their own limit. 100 s by default. */
  public HubConnectionBuilder requestTimeout(Duration timeout) {
    requestTimeout = positive("requestTimeout", timeout);
    return this;
  }

  /** How long the server may take to answer the handshake. 15 s by default. */
  public HubConnectionBuilder handshakeTimeout(Duration timeout) {
    handshakeTimeout = positive("handshakeTimeout", timeout);
    return this;
  }

  /** A ping goes out when nothing else did for so long. 15 s by default. */
  public HubConnectionBuilder keepAliveInterval(Duration interval) {
    keepAliveInterval = positive("keepAliveInterval", interval);
    return this;
  }

  /**
   * The connection is given up when nothing came from the server for so long. 30 s by default;
   * should be twice the server's keep-alive interval. Means nothing for long polling.
   */
  public HubConnectionBuilder serverTimeout(Duration timeout) {
    serverTimeout = positive("serverTimeout", timeout);
    return this;
  }

  /** The longest message accepted from the server, in bytes. 64 MiB by default. */
  public HubConnectionBuilder maximumMessageSize(int bytes) {
    maximumMessageSize = positive("maximumMessageSize", bytes);
    return this;
  }

  /** Bytes that may wait to be sent; calls beyond fail. 64 MiB by default. */
  public HubConnectionBuilder sendBufferBytes(int bytes) {
    sendBufferBytes = positive("sendBufferBytes", bytes);
    return this;
  }

  /**
   * Bytes that stateful reconnect keeps until the server has acknowledged them; calls beyond wait.
   * 100,000 by default.
   */
  public HubConnectionBuilder statefulReconnectBufferBytes(int bytes) {
    statefulReconnectBufferBytes = positive("statefulReconnectBufferBytes", bytes);
    return this;
  }

  /**
   * Items of one stream that may wait for their subscriber; beyond, the stream fails. 65,536 by
   * default.
   */
  public HubConnectionBuilder streamBufferItems(int items) {
    streamBufferItems = positive("streamBufferItems", items);
    return this;
  }

  /**
   * Calls of the server that may wait for the handlers before them; beyond, the connection is
   * closed. 65,536 by default.
   */
  public HubConnectionBuilder maximumQueuedCalls(int calls) {
    maximumQueuedCalls = positive("maximumQueuedCalls", calls);
    return this;
  }

  /** The connection, not started yet. */
  public HubConnection build() {
    ClientRuntime runtime = ClientRuntime.shared();
    return new HubConnection(new ClientConnection(settings(runtime), runtime));
  }

  private ConnectionSettings settings(ClientRuntime runtime) {
    HttpSettings http =
        new HttpSettings(
            url,
            Map.copyOf(headers),
            tokens,
            cookies == null ? new ConnectionCookies() : cookies,
            new HttpSettings.Network(proxy, proxyCredentials, tls),
            requestTimeout);
    TransportChoice choice =
        new TransportChoice(
            Set.copyOf(transports),
            skipNegotiation,
            statefulReconnect,
            protocol.transferFormat(),
            maximumMessageSize,
            opener);
    return new ConnectionSettings(
        http,
        choice,
        protocol,
        new ConnectionSettings.Times(handshakeTimeout, keepAliveInterval, serverTimeout),
        new ConnectionSettings.Limits(
            maximumMessageSize,
            sendBufferBytes,
            statefulReconnectBufferBytes,
            streamBufferItems,
            maximumQueuedCalls),
        retries,
        callbacks == null ? runtime.callbacks() : runtime.callbacksOn(callbacks));
  }

  private static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "Expected " + name + " to be longer than 0, but got " + value);
    }
    return value;
  }

  private static int positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("Expected " + name + " to be above 0, but got " + value);
    }
    return value;
  }
}
