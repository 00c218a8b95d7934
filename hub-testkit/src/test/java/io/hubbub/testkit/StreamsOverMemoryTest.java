package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Cancellation;
import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.Streams;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamsOverMemoryTest {
  private final Hubs hubs =
      Hubs.builder()
          .hub("/streams", StreamsHub.class)
          .options(options -> options.streamBufferCapacity(4))
          .build();
  private final InMemoryTransport transport = InMemoryTransport.to(hubs, "/streams");

  static List<HubProtocol> protocols() {
    return List.of(JsonHubProtocol.create(), MessagePackHubProtocol.create());
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void resultStreamIsItemsAndACompletion(HubProtocol protocol) {
    try (TestClient client = TestClient.connect(transport, protocol)) {
      client.send(stream("7", "CountTo", 3));
      assertThat(List.of(client.receive(), client.receive(), client.receive(), client.receive()))
          .containsExactly(
              StreamItemMessage.of("7", 0),
              StreamItemMessage.of("7", 1),
              StreamItemMessage.of("7", 2),
              CompletionMessage.empty("7"));
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void uploadOfMoreThanTheBufferHoldsArrivesInOneGo(HubProtocol protocol) {
    try (TestClient client = TestClient.connect(transport, protocol)) {
      client.send(upload("1", "Sum", "s"));
      IntStream.range(0, 200).forEach(item -> client.send(StreamItemMessage.of("s", item)));
      client.send(CompletionMessage.empty("s"));
      assertThat(client.receive()).isEqualTo(CompletionMessage.result("1", 200 * 199 / 2));
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void itemOfAnotherTypeFailsOnlyItsUpload(HubProtocol protocol) {
    try (TestClient client = TestClient.connect(transport, protocol)) {
      client.send(upload("1", "Sum", "s"));
      client.send(StreamItemMessage.of("s", "no number"));
      assertThat(client.receive())
          .isEqualTo(
              CompletionMessage.error(
                  "1",
                  "An unexpected error occurred invoking 'sum' on the server. HubException: Failed to bind Stream message."));
      assertThat(client.invoke("CallCount")).isEqualTo(CompletionMessage.result("1", 1));
    }
  }

  @Test
  void hubMethodWaitsForItsOwnCallersAnswer() {
    try (TestClient client = TestClient.connect(transport)) {
      client.handles("Answer", String.class);
      client.call("AskCaller", "how many?");
      InvocationMessage question = client.receive(InvocationMessage.class);
      assertThat(question.arguments()).containsExactly("how many?");
      client.send(CompletionMessage.result(question.invocationId(), "three"));
      assertThat(client.receive()).isEqualTo(CompletionMessage.result("1", "three"));
    }
  }

  @Test
  void cancelledCallEndsWithItsOwnResult() {
    try (TestClient client = TestClient.connect(transport)) {
      String id = client.call("UntilCancelled");
      client.send(CancelInvocationMessage.of(id));
      assertThat(client.receive()).isEqualTo(CompletionMessage.result(id, "cancelled"));
    }
  }

  @Test
  void cancelInterruptsMethodsOnVirtualThreadsOnly() throws InterruptedException {
    boolean virtualThreads = Runtime.version().feature() >= 21;
    StreamsHub.started = new CountDownLatch(1);
    StreamsHub.goOn = new CountDownLatch(1);
    try (TestClient client = TestClient.connect(transport)) {
      String id = client.call("Block");
      StreamsHub.started.await();
      client.send(CancelInvocationMessage.of(id));
      if (!virtualThreads) {
        StreamsHub.goOn.countDown();
      }
      assertThat(client.receive())
          .isEqualTo(CompletionMessage.result(id, virtualThreads ? "interrupted" : "went on"));
    }
  }

  @Test
  void lostConnectionEndsStreamsAndUploads() {
    StreamsHub.endOfUpload = new CompletableFuture<>();
    TestClient client = TestClient.connect(transport);
    client.send(upload("1", "WaitForEnd", "s"));
    client.send(stream("2", "CountTo", Integer.MAX_VALUE));
    client.receive();
    client.connection().stopReading();
    client.close();
    assertThat(StreamsHub.endOfUpload.join())
        .isEqualTo("CancellationException: The underlying connection was closed.");
  }

  @Test
  void everyCallSentBeforeTheEndIsMade() {
    StreamsHub.notes = new CountDownLatch(50);
    TestClient client = TestClient.connect(transport);
    client.invoke("CallCount"); // from here on the hub has demand
    String call = "{\"type\":1,\"target\":\"Note\",\"arguments\":[]}\u001e";
    client.sendRaw(call.repeat(50).getBytes(StandardCharsets.UTF_8));
    client.close();
    await().until(() -> StreamsHub.notes.getCount() == 0);
  }

  private static HubMessage stream(String id, String target, Object... arguments) {
    return new StreamInvocationMessage(id, target, arguments, List.of(), Map.of());
  }

  private static HubMessage upload(String id, String target, String... streamIds) {
    return new InvocationMessage(id, target, new Object[0], List.of(streamIds), Map.of());
  }

  public static class StreamsHub extends Hub {
    static volatile CountDownLatch started;
    static volatile CountDownLatch goOn;
    static volatile CountDownLatch notes;
    static volatile CompletableFuture<String> endOfUpload;

    public Stream<Integer> countTo(int end) {
      return IntStream.range(0, end).boxed();
    }

    public int sum(Flow.Publisher<Integer> numbers) {
      return Streams.of(numbers).mapToInt(Integer::intValue).sum();
    }

    public int callCount() {
      return (int) context().items().merge("calls", 1, (a, b) -> (int) a + (int) b);
    }

    public String askCaller(String question) {
      return clients().caller().invoke(String.class, "Answer", question).join();
    }

    public CompletableFuture<String> untilCancelled(Cancellation cancellation) {
      CompletableFuture<String> result = new CompletableFuture<>();
      cancellation.onCancel(() -> result.complete("cancelled"));
      return result;
    }

    public String block(Cancellation cancellation) {
      started.countDown();
      try {
        goOn.await();
        return "went on";
      } catch (InterruptedException e) {
        return "interrupted";
      }
    }

    public void waitForEnd(Flow.Publisher<Integer> numbers) {
      try {
        Streams.of(numbers).forEach(number -> {});
      } catch (RuntimeException e) {
        endOfUpload.complete(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }

    public void note() {
      notes.countDown();
    }
  }
}
