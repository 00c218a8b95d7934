package io.hubbub.interop.client;

import io.hubbub.TransportType;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionBuilder;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The connections of one check over one transport and protocol.
 *
 * <p>Threads: one at a time.
 */
final class CheckSession implements AutoCloseable {
  private final URI hub;
  private final Way way;
  private final List<HubConnection> opened = new ArrayList<>();

  CheckSession(URI hub, Way way) {
    this.hub = hub;
    this.way = way;
  }

  /** A transport and a protocol that it can carry. */
  record Way(TransportType transport, Encoding encoding) {
    static List<Way> all() {
      List<Way> ways = new ArrayList<>();
      for (TransportType transport : TransportType.values()) {
        for (Encoding encoding : Encoding.values()) {
          if (transport.supports(encoding.protocol.transferFormat())) {
            ways.add(new Way(transport, encoding));
          }
        }
      }
      return ways;
    }

    @Override
    public String toString() {
      return transport.wireName() + " " + encoding.protocol.name();
    }
  }

  /** The protocols there are. */
  enum Encoding {
    JSON(JsonHubProtocol.create()),
    MESSAGE_PACK(MessagePackHubProtocol.create());

    final HubProtocol protocol;

    Encoding(HubProtocol protocol) {
      this.protocol = protocol;
    }
  }

  Way way() {
    return way;
  }

  /** A started connection. */
  HubConnection connect() {
    return Check.started(build(builder -> builder));
  }

  /** A connection with a token, started. */
  HubConnection connectAs(String token) {
    return Check.started(
        build(builder -> builder.accessToken(io.hubbub.client.AccessTokenProvider.fixed(token))));
  }

  /** A connection that is not started yet. */
  HubConnection build(UnaryOperator<HubConnectionBuilder> more) {
    HubConnectionBuilder builder =
        HubConnection.builder(hub).transports(way.transport()).protocol(way.encoding().protocol);
    HubConnection connection = more.apply(builder).build();
    opened.add(connection);
    return connection;
  }

  @Override
  public void close() {
    opened.forEach(HubConnection::close);
  }
}
