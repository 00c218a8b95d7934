package io.hubbub.interop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.ConnectionClosedException;
import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.TransportType;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionState;
import io.hubbub.client.RetryPolicy;
import io.hubbub.interop.server.HubServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client and a server that goes away and comes back. */
class LostServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Longer than a busy machine may keep a thread waiting; only a silent network needs it short. */
  private static final Duration SHORT_SERVER_TIMEOUT = Duration.ofSeconds(6);

  private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);
  private static final RetryPolicy OFTEN =
      RetryPolicy.exponential(Duration.ofMillis(20), Duration.ofMillis(200));

  private HubServer server = start(0);

  @AfterEach
  void close() {
    server.close();
  }

  private static HubServer start(int port) {
    Hubs hubs =
        Hubs.builder()
            .hub("/slow", SlowHub.class, o -> o.keepAliveInterval(Duration.ofMillis(250)))
            .build();
    return HubServer.start("netty", port, hubs, http -> {});
  }

  /** A connection over one transport, and what becomes of it. */
  private static final class Client implements AutoCloseable {
    final CompletableFuture<Optional<Throwable>> reconnecting = new CompletableFuture<>();
    final CompletableFuture<Optional<String>> reconnected = new CompletableFuture<>();
    final HubConnection connection;
    final Optional<String> firstId;
    final CompletableFuture<String> callInFlight;

    Client(int port, TransportType transport, Duration serverTimeout) throws InterruptedException {
      connection =
          HubConnection.builder(URI.create("http://127.0.0.1:" + port + "/slow"))
              .transports(transport)
              .automaticReconnect(OFTEN)
              .serverTimeout(serverTimeout)
              .requestTimeout(REQUEST_TIMEOUT)
              .build();
      connection.onReconnecting(reconnecting::complete);
      connection.onReconnected(reconnected::complete);
      get(connection.start());
      firstId = connection.connectionId();
      SlowHub.called = new CountDownLatch(1);
      callInFlight = connection.invoke(String.class, "Never");
      assertThat(SlowHub.called.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    static List<Client> connect(int port, Duration serverTimeout, TransportType... transports)
        throws InterruptedException {
      List<Client> clients = new ArrayList<>();
      for (TransportType transport : transports) {
        clients.add(new Client(port, transport, serverTimeout));
      }
      return clients;
    }

    void callsFail() {
      assertThat(failure(callInFlight)).isInstanceOf(ConnectionClosedException.class);
      get(reconnecting);
      assertThat(connection.state()).isEqualTo(HubConnectionState.RECONNECTING);
      assertThat(failure(connection.invoke(String.class, "Echo", "x")))
          .isInstanceOf(ConnectionClosedException.class)
          .hasMessageContaining("not in the 'Connected' state");
      assertThat(failure(connection.send("Echo", "x")))
          .isInstanceOf(ConnectionClosedException.class);
    }

    void comesBack() {
      assertThat(get(reconnected)).isPresent().isNotEqualTo(firstId);
      assertThat(get(connection.invoke(String.class, "Echo", "again"))).isEqualTo("again");
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static Throwable failure(CompletableFuture<?> future) {
    try {
      get(future);
      throw new AssertionError("Expected a failure");
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  @Test
  void connectionsReturnToAServerThatCrashedAndWasStartedAgain() throws InterruptedException {
    int port = server.port();
    List<Client> clients = Client.connect(port, SERVER_TIMEOUT, TransportType.values());
    server.close();
    clients.forEach(Client::callsFail);
    server = start(port);
    clients.forEach(Client::comesBack);
    clients.forEach(Client::close);
  }

  @Test
  void connectionsReturnToAServerThatWasShutDownAndStartedAgain() throws InterruptedException {
    int port = server.port();
    List<Client> clients = Client.connect(port, SERVER_TIMEOUT, TransportType.values());
    server.shutdown(Duration.ofMillis(100));
    clients.forEach(Client::callsFail);
    server = start(port);
    clients.forEach(Client::comesBack);
    clients.forEach(Client::close);
  }

  @Test
  void silentNetworkIsNoticedAndReplaced() throws InterruptedException {
    try (Relay relay = Relay.to(server.port())) {
      List<Client> clients =
          Client.connect(
              relay.port(),
              SHORT_SERVER_TIMEOUT,
              TransportType.WEB_SOCKETS,
              TransportType.SERVER_SENT_EVENTS);
      relay.dropEverything();
      for (Client client : clients) {
        client.callsFail();
        assertThat(get(client.reconnecting).orElseThrow())
            .hasMessageContaining("Server timeout elapsed");
      }
      relay.heal();
      clients.forEach(Client::comesBack);
      clients.forEach(Client::close);
    }
  }

  @Test
  void givingUpClosesTheConnection() {
    HubConnection connection =
        HubConnection.builder(URI.create("http://127.0.0.1:" + server.port() + "/slow"))
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO, Duration.ZERO)))
            .build();
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    connection.onClosed(closed::complete);
    get(connection.start());
    server.close();
    assertThat(get(closed).orElseThrow())
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessageContaining("exhausted after 2 failed attempts");
    await().atMost(PATIENCE).until(() -> connection.state() == HubConnectionState.DISCONNECTED);
  }

  /** A hub that can keep a caller waiting. */
  public static final class SlowHub extends Hub {
    static volatile CountDownLatch called = new CountDownLatch(1);

    public String echo(String text) {
      return text;
    }

    public CompletionStage<String> never() {
      called.countDown();
      return new CompletableFuture<>();
    }
  }
}
