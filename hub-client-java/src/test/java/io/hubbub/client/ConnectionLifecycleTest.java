package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.Connections.Pair;
import io.hubbub.client.FakeServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts, ends and returns. */
class ConnectionLifecycleTest {
  private final Connections connections = new Connections();

  @AfterEach
  void closeAll() {
    connections.close();
  }

  @Test
  void callsInFlightFailWhenTheSocketIsCut() {
    Pair pair = connections.connect();
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    CompletableFuture<String> call = pair.client().invoke(String.class, "Slow");
    pair.server().receive();
    pair.server().cut();
    assertThat(failure(call)).isInstanceOf(ConnectionClosedException.class);
    assertThat(closed.join()).isPresent();
    assertThat(pair.client().state()).isEqualTo(HubConnectionState.DISCONNECTED);
  }

  @Test
  void stopSaysGoodbyeAndClosesCleanly() {
    Pair pair = connections.connect();
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.client().stop().join();
    assertThat(pair.server().receive().get("type").asInt()).isEqualTo(7);
    assertThat(pair.server().endedCleanly()).isTrue();
    assertThat(closed.join()).isEmpty();
    CompletableFuture<Void> again = pair.client().start();
    connections.server().nextConnection();
    again.join();
    assertThat(pair.client().state()).isEqualTo(HubConnectionState.CONNECTED);
  }

  @Test
  void stopEndsAStartThatTheServerNeverAnswers() {
    HubConnection connection = connections.build();
    CompletableFuture<Void> started = connection.start();
    FakeSocket silent = connections.server().nextSocket();
    silent.receive();
    connection.stop().join();
    assertThat(failure(started)).isInstanceOf(ConnectFailedException.class);
    assertThat(connection.state()).isEqualTo(HubConnectionState.DISCONNECTED);
    assertThat(silent.endedCleanly()).isTrue();
  }

  @Test
  void handshakeThatIsNotAnsweredFailsTheStart() {
    HubConnection connection =
        connections.build(
            HubConnection.builder(connections.server().url())
                .handshakeTimeout(Duration.ofMillis(200)));
    assertThat(failure(connection.start()))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessageContaining("handshakeTimeout");
  }

  @Test
  void silentServerIsGivenUp() {
    HubConnection connection =
        connections.build(
            HubConnection.builder(connections.server().url())
                .serverTimeout(Duration.ofMillis(300)));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    connection.onClosed(closed::complete);
    connection.start();
    connections.server().nextConnection();
    assertThat(closed.join().orElseThrow()).hasMessageContaining("Server timeout elapsed");
  }

  @Test
  void garbageEndsTheConnectionAndFailsItsCalls() {
    Pair pair = connections.connect();
    CompletableFuture<String> call = pair.client().invoke(String.class, "Slow");
    pair.server().receive();
    pair.server().send("this is no JSON");
    assertThat(failure(call)).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void messageThatIsTooLongEndsTheConnection() {
    Pair pair =
        connections.connect(
            HubConnection.builder(connections.server().url()).maximumMessageSize(1000));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.server().send("{\"type\":1,\"target\":\"" + "x".repeat(2000) + "\",\"arguments\":[]}");
    assertThat(closed.join()).isPresent();
  }

  @Test
  void nextTransportNegotiatesWhereTheServerHasPointed() {
    FakeServer server = connections.server();
    String offers =
        "{\"negotiateVersion\":1,\"connectionId\":\"i\",\"connectionToken\":\"t\","
            + "\"availableTransports\":["
            + "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\"]},"
            + "{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\"]}]}";
    String redirect = "{\"url\":\"" + server.url().resolve("/elsewhere") + "\"}";
    server.negotiateWith(
        head -> Answer.json(head.contains(" /elsewhere/negotiate") ? offers : redirect));

    connections.connect();

    assertThat(server.requests())
        .extracting(head -> head.split("[ ?]", 3)[1])
        .containsExactly(
            "/hub/negotiate",
            "/elsewhere/negotiate",
            "/elsewhere",
            "/elsewhere/negotiate",
            "/elsewhere");
  }

  @Test
  void redirectLoopEndsInAnError() {
    AtomicInteger asked = new AtomicInteger();
    connections
        .server()
        .negotiateWith(
            request -> {
              asked.incrementAndGet();
              return Answer.json("{\"url\":\"" + connections.server().url() + "\"}");
            });
    assertThat(failure(connections.build().start()))
        .hasMessage("Negotiate redirection limit exceeded.");
    assertThat(asked).hasValue(100);
  }

  @Test
  void negotiateThatIsRefusedTellsTheStatus() {
    connections.server().negotiateWith(request -> new Answer(503, ""));
    assertThat(failure(connections.build().start()))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessageContaining("503");
  }

  @Test
  void serverThatIsNotThereFailsTheStart() {
    connections.server().close();
    assertThat(failure(connections.build().start())).isInstanceOf(ConnectFailedException.class);
  }

  @Test
  void tokenIsAskedForNegotiateAgainForTheSocketAndAnewOnReconnect() {
    AtomicInteger asked = new AtomicInteger();
    Pair pair =
        connections.connect(
            HubConnection.builder(connections.server().url())
                .accessToken(() -> CompletableFuture.completedFuture("t" + asked.incrementAndGet()))
                .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO))));
    pair.server().cut();
    connections.server().nextConnection();
    assertThat(connections.server().requests())
        .extracting(head -> head.replaceAll("(?s).*Bearer (\\w+).*", "$1"))
        .containsExactly("t1", "t2", "t3", "t4");
  }

  @Test
  void lostConnectionComesBackWithItsHandlers() {
    HubConnectionBuilder builder =
        HubConnection.builder(connections.server().url())
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO)));
    HubConnection connection = connections.build(builder);
    CompletableFuture<String> received = new CompletableFuture<>();
    CompletableFuture<Optional<Throwable>> reconnecting = new CompletableFuture<>();
    CompletableFuture<Optional<String>> reconnected = new CompletableFuture<>();
    connection.on("Receive", String.class, received::complete);
    connection.onReconnecting(reconnecting::complete);
    connection.onReconnected(reconnected::complete);
    CompletableFuture<Void> started = connection.start();
    FakeSocket first = connections.server().nextConnection();
    started.join();
    first.cut();
    FakeSocket second = connections.server().nextConnection();
    assertThat(reconnecting.join()).isPresent();
    assertThat(reconnected.join()).hasValue("id-token");
    second.send("{\"type\":1,\"target\":\"RECEIVE\",\"arguments\":[\"again\"]}");
    assertThat(received.join()).isEqualTo("again");
  }

  @Test
  void serverThatForbidsToReconnectIsObeyed() {
    Pair pair =
        connections.connect(
            HubConnection.builder(connections.server().url())
                .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO))));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.server().send("{\"type\":7,\"error\":\"banned\"}");
    assertThat(closed.join().orElseThrow()).hasMessageContaining("banned");
    assertThat(connections.server().hasSocket()).isFalse();
  }
}
