package io.hubbub.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A fake server and the connections of one test to it. */
final class Connections implements AutoCloseable {
  private final FakeServer server = FakeServer.start();
  private final List<HubConnection> opened = new ArrayList<>();

  /** A connection and the server's end of it. */
  record Pair(HubConnection client, FakeSocket server) {}

  FakeServer server() {
    return server;
  }

  HubConnection build(HubConnectionBuilder builder) {
    HubConnection connection = builder.build();
    opened.add(connection);
    return connection;
  }

  HubConnection build() {
    return build(HubConnection.builder(server.url()));
  }

  Pair connect(HubConnectionBuilder builder) {
    HubConnection connection = build(builder);
    CompletableFuture<Void> started = connection.start();
    FakeSocket socket = server.nextConnection();
    Futures.get(started);
    return new Pair(connection, socket);
  }

  Pair connect() {
    return connect(HubConnection.builder(server.url()));
  }

  @Override
  public void close() {
    opened.forEach(HubConnection::stop);
    server.close();
  }
}
