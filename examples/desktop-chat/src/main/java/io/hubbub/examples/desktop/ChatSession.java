package io.hubbub.examples.desktop;

import io.hubbub.client.CallbackExecutors;
import io.hubbub.client.HubConnection;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A panel and its connection.
 *
 * <p>Threads: made and used on Swing's thread; the connection calls back there, too.
 */
final class ChatSession implements AutoCloseable {
  private final HubConnection connection;
  private final ChatPanel panel;

  ChatSession(URI hub, String user) {
    connection =
        HubConnection.builder(hub)
            .automaticReconnect()
            .callbackExecutor(CallbackExecutors.swing())
            .build();
    panel = new ChatPanel(connection.proxy(ChatServer.class), user);
    connection.register(ChatClient.class, panel);
    connection.onReconnecting(error -> panel.showStatus("Connection lost, trying again …"));
    connection.onReconnected(id -> panel.showStatus("Connected again as " + user));
    connection.onClosed(error -> panel.showStatus("Connection closed"));
    panel.showStatus("Connecting as " + user + " …");
  }

  CompletableFuture<Void> connect(String user) {
    return connection
        .start()
        .whenCompleteAsync(
            (started, error) ->
                panel.showStatus(
                    error == null ? "Connected as " + user : "Not connected: " + error));
  }

  ChatPanel panel() {
    return panel;
  }

  @Override
  public void close() {
    connection.close();
  }
}
