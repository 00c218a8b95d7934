package io.hubbub.testkit;

import io.hubbub.ConnectionRequest;
import io.hubbub.Hubs;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A way to a hub without a network: the same hub code runs as behind any transport. Set it up, then
 * {@link #connect} as often as needed.
 *
 * <p>Threads: one at a time; its connections any.
 */
public final class InMemoryTransport {
  private final HubEndpoint endpoint;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<String>> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
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
    Settings settings =
        new Settings(
            new Request(endpoint.path(), copy(headers), copy(query)),
            identity,
            Set.copyOf(formats),
            inherentKeepAlive,
            statefulReconnect);
    return InMemoryConnection.open(
        endpoint.handler(), UUID.randomUUID().toString().substring(0, 8), settings);
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
