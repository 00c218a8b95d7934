package io.hubbub.testkit;

import io.hubbub.ConnectionRequest;
import io.hubbub.Hubs;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionBuilder;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A way to a hub without a network: the same hub code runs as behind any transport. Set it up, then
 * {@link #connectClient} as often as needed, or {@link #connect} for the bare bytes.
 *
 * <p>Threads: one at a time; its connections any.
 */
public final class InMemoryTransport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HubEndpoint endpoint;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<String>> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<InMemoryConnection> clients = ConcurrentHashMap.newKeySet();
  private Set<TransferFormat> formats = EnumSet.allOf(TransferFormat.class);
  private Identity identity = Identity.ANONYMOUS;
  private boolean inherentKeepAlive;
  private boolean statefulReconnect;

  private InMemoryTransport(HubEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** A way to a mapped hub. */
  public static InMemoryTransport to(HubEndpoint endpoint) {
    return new InMemoryTransport(endpoint);
  }

  /**
   * A way to the hub that is mapped at a path.
   *
   * @throws IllegalArgumentException if none is
   */
  public static InMemoryTransport to(Hubs hubs, String path) {
    String wanted = path.toLowerCase(Locale.ROOT);
    return hubs.endpoints().stream()
        .filter(endpoint -> endpoint.path().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .map(InMemoryTransport::to)
        .orElseThrow(() -> new IllegalArgumentException("No hub is mapped at " + path));
  }

  /** Carries text only, as Server-Sent Events do. */
  public InMemoryTransport textOnly() {
    this.formats = EnumSet.of(TransferFormat.TEXT);
    return this;
  }

  /** Shows by itself that the client is alive, as long polling does. */
  public InMemoryTransport inherentKeepAlive() {
    this.inherentKeepAlive = true;
    return this;
  }

  /** Clients have negotiated that they may come back after a lost socket. */
  public InMemoryTransport statefulReconnect() {
    this.statefulReconnect = true;
    return this;
  }

  /** Whoever connects is this user. */
  public InMemoryTransport identity(Identity value) {
    this.identity = value;
    return this;
  }

  /** Whoever connects has this name. */
  public InMemoryTransport user(String name) {
    return identity(Identity.of(() -> name));
  }

  /** Sets a header of the request that connects. */
  public InMemoryTransport header(String name, String... values) {
    headers.put(name, List.of(values));
    return this;
  }

  /** Sets a query parameter of the request that connects. */
  public InMemoryTransport query(String name, String... values) {
    query.put(name, List.of(values));
    return this;
  }

  /** Connects; the handshake is the caller's. */
  public InMemoryConnection connect() {
    return open(settings(inherentKeepAlive), null);
  }

  /** Connects a client that is called with what the hub writes; the handshake is the caller's. */
  InMemoryConnection connect(InMemoryConnection.ClientEnd client) {
    return open(settings(inherentKeepAlive), client);
  }

  /**
   * The real client, to be set up and started. Every start, and every attempt to reconnect, opens
   * another in-memory connection. Neither side pings, so tests with virtual time do not lose it.
   */
  public HubConnectionBuilder newClient() {
    Settings settings = settings(true);
    return HubConnection.builder(URI.create("http://in-memory" + endpoint.path()))
        .transport(
            (listener, format) ->
                InMemoryClientTransport.open(client -> openCounted(settings, client), listener));
  }

  private InMemoryConnection openCounted(Settings settings, InMemoryConnection.ClientEnd client) {
    InMemoryConnection connection = open(settings, client);
    clients.add(connection);
    connection.closed().thenRun(() -> clients.remove(connection));
    return connection;
  }

  /** The real client with its defaults, connected. */
  public HubConnection connectClient() {
    HubConnection client = newClient().build();
    client.start().orTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    return client;
  }

  /**
   * All clients of {@link #newClient} and {@link #connectClient} lose the socket that they have
   * now; one that comes back meanwhile keeps its new one.
   */
  public void cutClients() {
    List.copyOf(clients).forEach(InMemoryConnection::cut);
  }

  private Settings settings(boolean withoutPings) {
    return new Settings(
        new Request(endpoint.path(), copy(headers), copy(query)),
        identity,
        Set.copyOf(formats),
        withoutPings,
        statefulReconnect);
  }

  private InMemoryConnection open(
      Settings settings, InMemoryConnection.@Nullable ClientEnd client) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    return InMemoryConnection.open(endpoint.handler(), id, settings, client);
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> values) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(values);
    return copy;
  }

  /** What a connection is like. */
  record Settings(
      ConnectionRequest request,
      Identity identity,
      Set<TransferFormat> formats,
      boolean inherentKeepAlive,
      boolean statefulReconnect) {}

  private record Request(
      String path, Map<String, List<String>> headerValues, Map<String, List<String>> queryValues)
      implements ConnectionRequest {
    @Override
    public List<String> headers(String name) {
      return headerValues.getOrDefault(name, List.of());
    }

    @Override
    public List<String> query(String name) {
      return queryValues.getOrDefault(name, List.of());
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
      return Optional.empty();
    }
  }
}
