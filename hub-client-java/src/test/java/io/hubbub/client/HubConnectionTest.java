package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.ConnectionClosedException;
import io.hubbub.client.FakeServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubConnectionTest {
  private final FakeServer server = FakeServer.start();
  private final List<HubConnection> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(HubConnection::stop);
    server.close();
  }

  private HubConnection build(HubConnectionBuilder builder) {
    HubConnection connection = builder.build();
    opened.add(connection);
    return connection;
  }

  private HubConnection build() {
    return build(HubConnection.builder(server.url()));
  }

  /** A connection and the server's end of it. */
  private record Pair(HubConnection client, FakeSocket server) {}

  private Pair connect(HubConnectionBuilder builder) {
    HubConnection connection = build(builder);
    CompletableFuture<Void> started = connection.start();
    FakeSocket socket = server.nextConnection();
    started.join();
    return new Pair(connection, socket);
  }

  private Pair connect() {
    return connect(HubConnection.builder(server.url()));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    try {
      future.join();
      throw new AssertionError("Expected a failure");
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  @Test
  void callIsAnsweredWithItsResult() {
    Pair pair = connect();
    CompletableFuture<List<Integer>> result =
        pair.client()
            .invoke(new io.hubbub.protocol.TypeReference<List<Integer>>() {}, "Sort", 2, 1);
    JsonNode call = pair.server().receive();
    assertThat(call.get("target").asText()).isEqualTo("Sort");
    assertThat(call.get("arguments").toString()).isEqualTo("[2,1]");
    pair.server()
        .send(
            "{\"type\":3,\"invocationId\":\""
                + call.get("invocationId").asText()
                + "\",\"result\":[1,2]}");
    assertThat(result.join()).containsExactly(1, 2);
    assertThat(pair.client().connectionId()).hasValue("id-token");
  }

  @Test
  void errorOfTheHubFailsTheCall() {
    Pair pair = connect();
    CompletableFuture<String> result = pair.client().invoke(String.class, "Bad");
    String id = pair.server().receive().get("invocationId").asText();
    pair.server().send("{\"type\":3,\"invocationId\":\"" + id + "\",\"error\":\"boom\"}");
    assertThat(failure(result))
        .isInstanceOf(InvocationFailedException.class)
        .hasMessage("boom")
        .extracting(e -> ((InvocationFailedException) e).target())
        .isEqualTo("Bad");
  }

  @Test
  void resultOfAnotherTypeFailsTheCallAndNothingElse() {
    Pair pair = connect();
    CompletableFuture<Integer> wrong = pair.client().invoke(int.class, "Number");
    pair.server().answer("\"text\"");
    assertThat(failure(wrong)).isInstanceOf(InvocationFailedException.class);
    CompletableFuture<Integer> right = pair.client().invoke(int.class, "Number");
    pair.server().answer("7");
    assertThat(right.join()).isEqualTo(7);
  }

  @Test
  void argumentThatCannotBeWrittenFailsItsCallOnly() {
    Pair pair = connect();
    Map<String, Object> endless = new java.util.HashMap<>();
    endless.put("self", endless);
    assertThat(failure(pair.client().invoke(String.class, "Echo", endless)))
        .isInstanceOf(io.hubbub.protocol.HubEncodingException.class);
    CompletableFuture<String> next = pair.client().invoke(String.class, "Echo", "x");
    pair.server().answer("\"x\"");
    assertThat(next.join()).isEqualTo("x");
  }

  @Test
  void callsFailWhileThereIsNoConnection() {
    assertThat(failure(build().invoke(String.class, "Echo", "x")))
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessageContaining("not in the 'Connected' state");
    assertThat(failure(build().send("Fire"))).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void callsInFlightFailWhenTheSocketIsCut() {
    Pair pair = connect();
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
    Pair pair = connect();
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.client().stop().join();
    assertThat(pair.server().receive().get("type").asInt()).isEqualTo(7);
    assertThat(pair.server().endedCleanly()).isTrue();
    assertThat(closed.join()).isEmpty();
    CompletableFuture<Void> again = pair.client().start();
    server.nextConnection();
    again.join();
    assertThat(pair.client().state()).isEqualTo(HubConnectionState.CONNECTED);
  }

  @Test
  void stopEndsAStartThatTheServerNeverAnswers() {
    HubConnection connection = build();
    CompletableFuture<Void> started = connection.start();
    FakeSocket silent = server.nextSocket();
    silent.receive();
    connection.stop().join();
    assertThat(failure(started)).isInstanceOf(ConnectFailedException.class);
    assertThat(connection.state()).isEqualTo(HubConnectionState.DISCONNECTED);
    assertThat(silent.endedCleanly()).isTrue();
  }

  @Test
  void handshakeThatIsNotAnsweredFailsTheStart() {
    HubConnection connection =
        build(HubConnection.builder(server.url()).handshakeTimeout(Duration.ofMillis(200)));
    assertThat(failure(connection.start()))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessageContaining("handshakeTimeout");
  }

  @Test
  void silentServerIsGivenUp() {
    Pair pair = connect(HubConnection.builder(server.url()).serverTimeout(Duration.ofMillis(300)));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    assertThat(closed.join().orElseThrow()).hasMessageContaining("Server timeout elapsed");
  }

  @Test
  void garbageEndsTheConnectionAndFailsItsCalls() {
    Pair pair = connect();
    CompletableFuture<String> call = pair.client().invoke(String.class, "Slow");
    pair.server().receive();
    pair.server().send("this is no JSON");
    assertThat(failure(call)).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void messageThatIsTooLongEndsTheConnection() {
    Pair pair = connect(HubConnection.builder(server.url()).maximumMessageSize(1000));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.server().send("{\"type\":1,\"target\":\"" + "x".repeat(2000) + "\",\"arguments\":[]}");
    assertThat(closed.join()).isPresent();
  }

  @Test
  void redirectLoopEndsInAnError() {
    AtomicInteger asked = new AtomicInteger();
    server.negotiateWith(
        request -> {
          asked.incrementAndGet();
          return Answer.json("{\"url\":\"" + server.url() + "\"}");
        });
    assertThat(failure(build().start())).hasMessage("Negotiate redirection limit exceeded.");
    assertThat(asked).hasValue(100);
  }

  @Test
  void negotiateThatIsRefusedTellsTheStatus() {
    server.negotiateWith(request -> new Answer(503, ""));
    assertThat(failure(build().start()))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessageContaining("503");
  }

  @Test
  void serverThatIsNotThereFailsTheStart() {
    server.close();
    assertThat(failure(build().start())).isInstanceOf(ConnectFailedException.class);
  }

  @Test
  void tokenIsAskedForNegotiateAgainForTheSocketAndAnewOnReconnect() {
    AtomicInteger asked = new AtomicInteger();
    Pair pair =
        connect(
            HubConnection.builder(server.url())
                .accessToken(() -> CompletableFuture.completedFuture("t" + asked.incrementAndGet()))
                .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO))));
    pair.server().cut();
    server.nextConnection();
    assertThat(server.requests())
        .extracting(head -> head.replaceAll("(?s).*Bearer (\\w+).*", "$1"))
        .containsExactly("t1", "t2", "t3", "t4");
  }

  @Test
  void lostConnectionComesBackWithItsHandlers() {
    HubConnectionBuilder builder =
        HubConnection.builder(server.url())
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO)));
    HubConnection connection = build(builder);
    CompletableFuture<String> received = new CompletableFuture<>();
    CompletableFuture<Optional<Throwable>> reconnecting = new CompletableFuture<>();
    CompletableFuture<Optional<String>> reconnected = new CompletableFuture<>();
    connection.on("Receive", String.class, received::complete);
    connection.onReconnecting(reconnecting::complete);
    connection.onReconnected(reconnected::complete);
    CompletableFuture<Void> started = connection.start();
    FakeSocket first = server.nextConnection();
    started.join();
    first.cut();
    FakeSocket second = server.nextConnection();
    assertThat(reconnecting.join()).isPresent();
    assertThat(reconnected.join()).hasValue("id-token");
    second.send("{\"type\":1,\"target\":\"RECEIVE\",\"arguments\":[\"again\"]}");
    assertThat(received.join()).isEqualTo("again");
  }

  @Test
  void serverThatForbidsToReconnectIsObeyed() {
    Pair pair =
        connect(
            HubConnection.builder(server.url())
                .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO))));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    pair.server().send("{\"type\":7,\"error\":\"banned\"}");
    assertThat(closed.join().orElseThrow()).hasMessageContaining("banned");
    assertThat(server.hasSocket()).isFalse();
  }

  @Test
  void handlerThatWaitsForACallDoesNotHoldItUp() {
    Pair pair = connect();
    CompletableFuture<String> seen = new CompletableFuture<>();
    pair.client().on("Ask", () -> seen.complete(pair.client().invoke(String.class, "Name").join()));
    pair.server().send("{\"type\":1,\"target\":\"Ask\",\"arguments\":[]}");
    pair.server().answer("\"Ann\"");
    assertThat(seen.join()).isEqualTo("Ann");
  }

  @Test
  void dependentThatWaitsForAnotherCallDoesNotHoldItUp() {
    Pair pair = connect();
    CompletableFuture<String> first = pair.client().invoke(String.class, "A");
    CompletableFuture<String> chain =
        first.thenApply(a -> a + pair.client().invoke(String.class, "B").join());
    pair.server().answer("\"a\"");
    pair.server().answer("\"b\"");
    assertThat(chain.join()).isEqualTo("ab");
  }

  @Test
  void answersOfHandlersGoBack() {
    Pair pair = connect();
    pair.client().answer("Sum", Integer.class, Integer.class, Integer::sum);
    pair.client()
        .answer("Later", List.of(), arguments -> CompletableFuture.completedFuture("done"));
    pair.server()
        .send("{\"type\":1,\"invocationId\":\"s1\",\"target\":\"sum\",\"arguments\":[1,2]}");
    assertThat(pair.server().receive().get("result").asInt()).isEqualTo(3);
    pair.server()
        .send("{\"type\":1,\"invocationId\":\"s2\",\"target\":\"later\",\"arguments\":[]}");
    assertThat(pair.server().receive().get("result").asText()).isEqualTo("done");
    pair.server().send("{\"type\":1,\"invocationId\":\"s3\",\"target\":\"sum\",\"arguments\":[1]}");
    assertThat(pair.server().receive().get("error").asText())
        .isEqualTo("Client failed to parse argument(s).");
    pair.server().send("{\"type\":1,\"invocationId\":\"s4\",\"target\":\"none\",\"arguments\":[]}");
    assertThat(pair.server().receive().get("error").asText())
        .isEqualTo("Client didn't provide a result.");
  }

  @Test
  void secondAnswerForOneNameIsRefused() {
    HubConnection connection = build();
    connection.answer("Name", () -> "a");
    assertThatThrownBy(() -> connection.answer("NAME", () -> "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Multiple return values are not supported");
  }

  @Test
  void canceledSubscriptionIsToldToTheServer() {
    Pair pair = connect();
    CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    List<Integer> items = new java.util.concurrent.CopyOnWriteArrayList<>();
    CompletableFuture<Void> firstItem = new CompletableFuture<>();
    pair.client().stream(Integer.class, "Numbers")
        .subscribe(
            new TestSubscriber<Integer>(subscription::complete, 10) {
              @Override
              public void onNext(Integer item) {
                items.add(item);
                firstItem.complete(null);
              }
            });
    String id = pair.server().receive().get("invocationId").asText();
    pair.server().send("{\"type\":2,\"invocationId\":\"" + id + "\",\"item\":1}");
    firstItem.join();
    subscription.join().cancel();
    JsonNode cancel = pair.server().receive();
    assertThat(cancel.get("type").asInt()).isEqualTo(5);
    assertThat(cancel.get("invocationId").asText()).isEqualTo(id);
    assertThat(items).containsExactly(1);
  }

  @Test
  void publishersAmongTheArgumentsAreUploaded() {
    Pair pair = connect();
    try (SubmissionPublisher<String> words = new SubmissionPublisher<>()) {
      CompletableFuture<String> joined = pair.client().invoke(String.class, "Join", words, "-");
      JsonNode call = pair.server().receive();
      assertThat(call.get("arguments").toString()).isEqualTo("[\"-\"]");
      String stream = call.get("streamIds").get(0).asText();
      words.submit("a");
      JsonNode item = pair.server().receive();
      assertThat(item.get("invocationId").asText()).isEqualTo(stream);
      assertThat(item.get("item").asText()).isEqualTo("a");
      pair.server()
          .send(
              "{\"type\":3,\"invocationId\":\""
                  + call.get("invocationId").asText()
                  + "\",\"result\":\"a\"}");
      assertThat(joined.join()).isEqualTo("a");
    }
  }

  @Test
  void asyncDependentsRunOnTheCallbackExecutor() {
    List<Runnable> posted = new java.util.concurrent.CopyOnWriteArrayList<>();
    Pair pair =
        connect(
            HubConnection.builder(server.url())
                .callbackExecutor(
                    action -> {
                      posted.add(action);
                      action.run();
                    }));
    CompletableFuture<String> result = pair.client().invoke(String.class, "Echo");
    CompletableFuture<String> onCallbacks = result.thenApplyAsync(text -> text);
    pair.server().answer("\"x\"");
    assertThat(onCallbacks.join()).isEqualTo("x");
    assertThat(posted).hasSize(1);
  }
}
