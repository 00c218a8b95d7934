package io.hubbub.benchmarks.client;

import io.hubbub.TransportType;
import io.hubbub.client.HubConnection;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Ours. */
final class HubbubLoadClient implements LoadClient {
  private final HubConnection connection;

  HubbubLoadClient(URI hub, Runnable onReceive) {
    connection = HubConnection.builder(hub).transports(TransportType.WEB_SOCKETS).build();
    connection.on("Receive", String.class, text -> onReceive.run());
  }

  @Override
  public CompletableFuture<?> start() {
    return connection.start();
  }

  @Override
  public CompletableFuture<String> echo(String text) {
    return connection.invoke(String.class, "Echo", text);
  }

  @Override
  public CompletableFuture<?> broadcast(String text) {
    return connection.send("Broadcast", text);
  }

  @Override
  public CompletableFuture<?> stop() {
    return connection.stop();
  }
}
