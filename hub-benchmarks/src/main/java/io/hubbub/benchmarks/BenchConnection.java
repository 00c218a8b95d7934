package io.hubbub.benchmarks;

import io.hubbub.ConnectionRequest;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client without a network: it counts what it could read and forgets it, so that a benchmark
 * measures the hub alone.
 *
 * <p>Threads: one at a time.
 */
final class BenchConnection implements TransportConnection, ConnectionRequest {
  private final String id;
  private final ConnectionReceiver hub;

  /** Something waits. */
  private boolean ready;

  private BenchConnection(HubEndpoint endpoint, String id) {
    this.id = id;
    this.hub = endpoint.handler().open(this);
  }

  /** A client that has shaken hands. */
  static BenchConnection open(HubEndpoint endpoint, String protocol, String id) {
    BenchConnection connection = new BenchConnection(endpoint, id);
    String handshake = "{\"protocol\":\"" + protocol + "\",\"version\":1}\u001e";
    connection.send(handshake.getBytes(StandardCharsets.UTF_8));
    connection.read();
    return connection;
  }

  void send(byte[] bytes) {
    hub.onBytes(ByteBuffer.wrap(bytes)).toCompletableFuture().join();
  }

  /** Reads everything that waits; its length. */
  int read() {
    int length = 0;
    if (ready) {
      ready = false;
      for (Payload next = hub.poll(); next != null; next = hub.poll()) {
        length += next.size();
      }
    }
    return length;
  }

  @Override
  public String connectionId() {
    return id;
  }

  @Override
  public ConnectionRequest request() {
    return this;
  }

  @Override
  public Identity identity() {
    return Identity.ANONYMOUS;
  }

  @Override
  public boolean supports(TransferFormat format) {
    return true;
  }

  @Override
  public void useFormat(TransferFormat format) {}

  @Override
  public boolean hasInherentKeepAlive() {
    return true;
  }

  @Override
  public boolean isStatefulReconnectNegotiated() {
    return false;
  }

  @Override
  public void disableStatefulReconnect() {}

  @Override
  public void outboundReady() {
    ready = true;
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    throw new IllegalStateException("Expected no connection to be cut in a benchmark", cause);
  }

  @Override
  public String path() {
    return "/bench";
  }

  @Override
  public List<String> headers(String name) {
    return List.of();
  }

  @Override
  public List<String> query(String name) {
    return List.of();
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return Optional.empty();
  }
}
