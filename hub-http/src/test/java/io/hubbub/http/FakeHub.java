package io.hubbub.http;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionHandler;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A hub that does what a test says and remembers what was done to it. Threads: one. */
final class FakeHub implements ConnectionHandler {
  final List<Client> clients = new ArrayList<>();
  boolean failsToOpen;
  Runnable onOpen = () -> {};

  @Override
  public ConnectionReceiver open(TransportConnection connection) {
    if (failsToOpen) {
      throw new IllegalStateException("no hub today");
    }
    Client client = new Client(connection);
    clients.add(client);
    onOpen.run();
    return client;
  }

  /** The latest connection. */
  Client client() {
    return clients.get(clients.size() - 1);
  }

  /** One connection as the hub sees it. */
  static final class Client implements ConnectionReceiver {
    final TransportConnection connection;
    final Queue<Payload> outbound = new ArrayDeque<>();
    final List<String> news = new ArrayList<>();
    final StringBuilder received = new StringBuilder();
    CompletableFuture<Void> demand = CompletableFuture.completedFuture(null);
    Optional<ConnectionEnd> end = Optional.empty();
    boolean endsWhenAsked = true;
    Runnable onReceived = () -> {};
    Runnable onGone = () -> {};
    Runnable onPoll = () -> {};
    private int queued;

    Client(TransportConnection connection) {
      this.connection = connection;
    }

    /** Queues a message unless that many have been queued so. */
    void queueUpTo(int most, String text) {
      if (queued++ < most) {
        outbound.add(payload(text));
      }
    }

    /** Runs an action once, while the next bytes are being taken. */
    void whileTaking(Runnable action) {
      onReceived =
          () -> {
            onReceived = () -> {};
            action.run();
          };
    }

    void send(String text) {
      outbound.add(payload(text));
      connection.outboundReady();
    }

    /** Ends the hub after a last message. */
    void end(String last, ConnectionEnd how) {
      outbound.add(payload(last));
      end = Optional.of(how);
      connection.outboundReady();
    }

    /** What comes from now on is taken only when the answer is completed. */
    CompletableFuture<Void> hold() {
      demand = new CompletableFuture<>();
      return demand;
    }

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      received.append(StandardCharsets.UTF_8.decode(bytes));
      onReceived.run();
      return demand;
    }

    @Override
    public Payload poll() {
      onPoll.run();
      return outbound.poll();
    }

    @Override
    public Optional<ConnectionEnd> end() {
      return end;
    }

    @Override
    public void onReconnected() {
      news.add("reconnected");
      connection.outboundReady();
    }

    @Override
    public void onIdentityChanged() {
      news.add("identity " + connection.identity().name().orElse("nobody"));
    }

    @Override
    public void requestClose() {
      news.add("close requested");
      if (endsWhenAsked) {
        end("close", ConnectionEnd.GRACEFUL);
      }
    }

    @Override
    public void onClosed(Throwable cause) {
      news.add(cause == null ? "closed" : "closed: " + cause.getMessage());
      onGone.run();
    }

    private static Payload payload(String text) {
      return Payload.of(text.getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
    }
  }
}
