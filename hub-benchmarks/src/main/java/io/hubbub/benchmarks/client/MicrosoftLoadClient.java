package io.hubbub.benchmarks.client;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.TransportEnum;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Microsoft's Java client, as it comes. */
final class MicrosoftLoadClient implements LoadClient {
  private final HubConnection connection;

  MicrosoftLoadClient(URI hub, Runnable onReceive) {
    connection =
        HubConnectionBuilder.create(hub.toString()).withTransport(TransportEnum.WEBSOCKETS).build();
    connection.on("Receive", text -> onReceive.run(), String.class);
  }

  @Override
  public CompletableFuture<?> start() {
    CompletableFuture<Void> started = new CompletableFuture<>();
    var unused =
        connection.start().subscribe(() -> started.complete(null), started::completeExceptionally);
    return started;
  }

  @Override
  public CompletableFuture<String> echo(String text) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    var unused =
        connection
            .invoke(String.class, "Echo", text)
            .subscribe(answer::complete, answer::completeExceptionally);
    return answer;
  }

  @Override
  public CompletableFuture<?> broadcast(String text) {
    connection.send("Broadcast", text);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    var unused =
        connection.stop().subscribe(() -> stopped.complete(null), stopped::completeExceptionally);
    return stopped;
  }
}
