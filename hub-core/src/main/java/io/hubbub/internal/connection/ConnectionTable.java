package io.hubbub.internal.connection;

import io.hubbub.Groups;
import io.hubbub.internal.delivery.Delivery;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.PingMessage;
import io.hubbub.spi.ConnectionHandler;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.TransportConnection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one mapped hub, with what they share.
 *
 * <p>Threads: any.
 */
public final class ConnectionTable implements ConnectionHandler {
  private final HubMapping mapping;
  private final ServerParts parts;
  private final Groups groups;
  private final EncodedMessage ping = EncodedMessage.of(PingMessage.INSTANCE);
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * @param mapping the mapped hub
   * @param parts what all hubs share
   */
  public ConnectionTable(HubMapping mapping, ServerParts parts) {
    this.mapping = mapping;
    this.parts = parts;
    this.groups = Delivery.groups(mapping.lifetime());
  }

  @Override
  public ConnectionReceiver open(TransportConnection transport) {
    ClientConnection connection = new ClientConnection(this, transport);
    connections.add(connection);
    if (closed) {
      connection.close(Ending.inOrder());
    }
    return connection;
  }

  /** The server's tick, once a second. */
  public void tick() {
    long now = parts.scheduler().nanoTime();
    for (ClientConnection connection : connections) {
      connection.tick(now);
    }
  }

  /** No new connections and no new calls from now on. */
  public void drain() {
    connections.forEach(ClientConnection::drain);
    refuseNew();
  }

  private void refuseNew() {
    closed = true;
    if (connections.isEmpty()) {
      emptied.complete(null);
    }
  }

  /** Ends, in order, the connections on which nothing runs any more. */
  public void closeQuiet() {
    for (ClientConnection connection : connections) {
      if (connection.lifecycle().isQuiet()) {
        connection.close(Ending.inOrder());
      }
    }
  }

  /** Ends all connections in order, whatever runs. */
  public void closeAll() {
    connections.forEach(connection -> connection.close(Ending.inOrder()));
    refuseNew();
  }

  /** Cuts all connections. */
  public void abortAll() {
    connections.forEach(connection -> connection.transport().abort(null));
  }

  /** Done when there are no new connections any more and the last one has gone. */
  public CompletionStage<Void> emptied() {
    return emptied.minimalCompletionStage();
  }

  /** How many connections there are. */
  public int size() {
    return connections.size();
  }

  HubMapping mapping() {
    return mapping;
  }

  ServerParts parts() {
    return parts;
  }

  Groups groups() {
    return groups;
  }

  /** The bytes of a ping, the same for all. */
  Payload ping(HubProtocol protocol) {
    return Objects.requireNonNull(ping.in(protocol), "A local message has an encoding");
  }

  long handshakeNanos() {
    return mapping.options().handshakeTimeout().toNanos();
  }

  long keepAliveNanos() {
    return mapping.options().keepAliveInterval().toNanos();
  }

  long clientTimeoutNanos() {
    return mapping.options().clientTimeout().toNanos();
  }

  long sendNanos() {
    return mapping.options().sendTimeout().toNanos();
  }

  void onConnected(ClientConnection connection) {
    parts.events().connected(mapping.hubClass(), connection.connectionId());
  }

  void onDisconnected(ClientConnection connection, @Nullable Throwable cause) {
    parts.events().disconnected(mapping.hubClass(), connection.connectionId(), cause);
  }

  void onSlow(ClientConnection connection, long queuedBytes) {
    parts.events().slowClient(mapping.hubClass(), connection.connectionId(), queuedBytes);
  }

  void onEncodingMissing(ClientConnection connection) {
    parts
        .events()
        .encodingMissing(
            mapping.hubClass(), connection.connectionId(), connection.protocol().name());
  }

  void remove(ClientConnection connection) {
    connections.remove(connection);
    if (closed && connections.isEmpty()) {
      emptied.complete(null);
    }
  }
}
