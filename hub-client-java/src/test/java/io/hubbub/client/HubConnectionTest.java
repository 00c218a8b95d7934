package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.ConnectionClosedException;
import io.hubbub.client.Connections.Pair;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls both ways, and what goes over the wire for them. */
class HubConnectionTest {
  private static final int TEXT = 1;
  private static final int BINARY = 2;

  private final Connections connections = new Connections();

  @AfterEach
  void closeAll() {
    connections.close();
  }

  @Test
  void callIsAnsweredWithItsResult() {
    Pair pair = connections.connect();
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
    Pair pair = connections.connect();
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
  void emptyErrorIsNone() {
    Pair pair = connections.connect();
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    pair.client().onClosed(closed::complete);
    CompletableFuture<String> result = pair.client().invoke(String.class, "Good");
    String id = pair.server().receive().get("invocationId").asText();
    pair.server().send("{\"type\":3,\"invocationId\":\"" + id + "\",\"error\":\"\"}");
    assertThat(result.join()).isNull();
    pair.server().send("{\"type\":7,\"error\":\"\"}");
    assertThat(closed.join()).isEmpty();
  }

  @Test
  void resultOfAnotherTypeFailsTheCallAndNothingElse() {
    Pair pair = connections.connect();
    CompletableFuture<Integer> wrong = pair.client().invoke(int.class, "Number");
    pair.server().answer("\"text\"");
    assertThat(failure(wrong)).isInstanceOf(InvocationFailedException.class);
    CompletableFuture<Integer> right = pair.client().invoke(int.class, "Number");
    pair.server().answer("7");
    assertThat(right.join()).isEqualTo(7);
  }

  @Test
  void argumentThatCannotBeWrittenFailsItsCallOnly() {
    Pair pair = connections.connect();
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
    assertThat(failure(connections.build().invoke(String.class, "Echo", "x")))
        .isInstanceOf(ConnectionClosedException.class)
        .hasMessageContaining("not in the 'Connected' state");
    assertThat(failure(connections.build().send("Fire")))
        .isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void handlerThatWaitsForACallDoesNotHoldItUp() {
    Pair pair = connections.connect();
    CompletableFuture<String> seen = new CompletableFuture<>();
    pair.client().on("Ask", () -> seen.complete(pair.client().invoke(String.class, "Name").join()));
    pair.server().send("{\"type\":1,\"target\":\"Ask\",\"arguments\":[]}");
    pair.server().answer("\"Ann\"");
    assertThat(seen.join()).isEqualTo("Ann");
  }

  @Test
  void dependentThatWaitsForAnotherCallDoesNotHoldItUp() {
    Pair pair = connections.connect();
    CompletableFuture<String> first = pair.client().invoke(String.class, "A");
    CompletableFuture<String> chain =
        first.thenApply(a -> a + pair.client().invoke(String.class, "B").join());
    pair.server().answer("\"a\"");
    pair.server().answer("\"b\"");
    assertThat(chain.join()).isEqualTo("ab");
  }

  @Test
  void answersOfHandlersGoBack() {
    Pair pair = connections.connect();
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
    HubConnection connection = connections.build();
    connection.answer("Name", () -> "a");
    assertThatThrownBy(() -> connection.answer("NAME", () -> "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Multiple return values are not supported");
  }

  @Test
  void canceledSubscriptionIsToldToTheServer() {
    Pair pair = connections.connect();
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

  /** An argument that does something while it is written. */
  public record Busy(Runnable whileWritten) {
    @com.fasterxml.jackson.annotation.JsonValue
    public String text() {
      whileWritten.run();
      return "busy";
    }
  }

  @Test
  void subscriptionThatIsCanceledWhileItsCallIsWrittenIsCanceledAfterTheCall() {
    Pair pair = connections.connect();
    CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    Busy canceling = new Busy(() -> subscription.join().cancel());
    CompletableFuture<Void> uploadEnded = new CompletableFuture<>();
    Flow.Publisher<String> endless =
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long count) {}

                  @Override
                  public void cancel() {
                    uploadEnded.complete(null);
                  }
                });

    pair.client().stream(Integer.class, "Numbers", canceling, endless)
        .subscribe(new TestSubscriber<Integer>(subscription::complete, 10));

    JsonNode message = pair.server().receive();
    while (message.get("type").asInt() != 4) {
      message = pair.server().receive();
    }
    JsonNode cancel = pair.server().receive();
    assertThat(cancel.get("type").asInt()).isEqualTo(5);
    assertThat(cancel.get("invocationId")).isEqualTo(message.get("invocationId"));
    get(uploadEnded);
  }

  @Test
  void publishersAmongTheArgumentsAreUploaded() {
    Pair pair = connections.connect();
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
        connections.connect(
            HubConnection.builder(connections.server().url())
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

  @Test
  void jsonGoesOutInTextFramesAndMessagePackInBinaryOnes() {
    Pair json = connections.connect();
    get(json.client().send("Fire", "안녕 \uD83D\uDE00"));
    assertThat(json.server().receive().get("arguments").get(0).asText()).isEqualTo("안녕 😀");
    assertThat(Set.copyOf(json.server().opcodes())).containsExactly(TEXT);

    HubConnection packed =
        connections.build(
            HubConnection.builder(connections.server().url())
                .protocol(MessagePackHubProtocol.create()));
    packed.start();
    FakeSocket socket = connections.server().nextSocket();
    assertThat(socket.receive().get("protocol").asText()).isEqualTo("messagepack");
    assertThat(Set.copyOf(socket.opcodes())).containsExactly(BINARY);
  }

  @Test
  void textThatIsNoTextGoesOutAsValidUtf8() {
    Pair pair = connections.connect();
    get(pair.client().send("Fire", "half \uD83D a pair"));
    assertThat(pair.server().receive().get("arguments").get(0).asText())
        .startsWith("half ")
        .endsWith(" a pair")
        .doesNotContain("\uD83D");
    assertThat(pair.server().opcodes()).allMatch(opcode -> opcode == TEXT);
  }
}
