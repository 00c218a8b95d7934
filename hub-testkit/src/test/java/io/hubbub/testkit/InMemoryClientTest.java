package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.ConnectionClosedException;
import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.Streams;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionState;
import io.hubbub.client.RetryPolicy;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real client on a hub without a network. */
class InMemoryClientTest {
  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs = Hubs.builder().scheduler(time).hub("/chat", ChatHub.class).build();
  private final InMemoryTransport transport = InMemoryTransport.to(hubs, "/chat").user("ann");

  @AfterEach
  void close() {
    hubs.close();
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void callIsAnswered() {
    try (HubConnection ann = transport.connectClient()) {
      assertThat(get(ann.invoke(String.class, "Hello"))).isEqualTo("hello ann");
      assertThat(ann.connectionId()).isPresent();
    }
  }

  @Test
  void handlersThatAreThereBeforeTheStartMissNothing() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    HubConnection ben = transport.newClient().protocol(MessagePackHubProtocol.create()).build();
    ben.on("Said", String.class, heard::add);
    try (ben;
        HubConnection ann = transport.connectClient()) {
      get(ben.start());
      get(ann.invoke(Void.class, "Say", "안녕"));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("안녕");
    }
  }

  @Test
  void streamsGoBothWays() {
    try (HubConnection ann = transport.connectClient();
        SubmissionPublisher<Integer> numbers = new SubmissionPublisher<>()) {
      CompletableFuture<Integer> sum = ann.invoke(int.class, "Sum", numbers);
      for (int i = 1; i <= 500; i++) {
        numbers.submit(i);
      }
      numbers.close();
      assertThat(get(sum)).isEqualTo(125_250);
      assertThat(get(collected(ann.stream(Integer.class, "Count", 500)))).hasSize(500);
    }
  }

  @Test
  void hubAsksTheClient() {
    try (HubConnection ann = transport.connectClient()) {
      ann.answer("Name", () -> "Ann");
      assertThat(get(ann.invoke(String.class, "AskBack"))).isEqualTo("Ann");
    }
  }

  @Test
  void cutConnectionComesBackByAnotherOne() {
    HubConnection ann =
        transport
            .newClient()
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO)))
            .build();
    CompletableFuture<Optional<String>> reconnected = new CompletableFuture<>();
    ann.onReconnected(reconnected::complete);
    try (ann) {
      get(ann.start());
      String before = ann.connectionId().orElseThrow();
      transport.cutClients();
      assertThat(get(reconnected)).isPresent().isNotEqualTo(Optional.of(before));
      assertThat(get(ann.invoke(String.class, "Hello"))).isEqualTo("hello ann");
    }
  }

  @Test
  void clientsThatComeBackWhileOthersAreCutAreNotCutAgain() {
    List<HubConnection> clients = new ArrayList<>();
    List<CompletableFuture<Optional<String>>> returns = new ArrayList<>();
    List<CompletableFuture<?>> cut = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Optional<String>> returned = new CompletableFuture<>();
      HubConnection client =
          transport
              .newClient()
              .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO)))
              .callbackExecutor(Runnable::run)
              .build();
      client.onReconnecting(
          error -> {
            // Inside the cut, as a rule: the next client is cut when those before it are back.
            cut.forEach(InMemoryClientTest::get);
            cut.add(returned);
          });
      client.onReconnected(returned::complete);
      get(client.start());
      clients.add(client);
      returns.add(returned);
    }
    transport.cutClients();
    returns.forEach(InMemoryClientTest::get);
    assertThat(cut).hasSize(20);
    clients.forEach(HubConnection::close);
  }

  @Test
  void clientThatTheHubAbortsIsClosed() {
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    try (HubConnection ann = transport.connectClient()) {
      ann.onClosed(closed::complete);
      ann.send("LeaveMe");
      assertThat(get(closed)).isEmpty();
    }
  }

  @Test
  void endOfTheHubsEndsTheClient() {
    try (HubConnection ann = transport.connectClient()) {
      hubs.close();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ann.state() == HubConnectionState.DISCONNECTED);
      assertThatThrownBy(() -> get(ann.invoke(String.class, "Hello")))
          .hasCauseInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void hoursOfVirtualTimeDoNotEndTheConnection() {
    try (HubConnection ann = transport.connectClient()) {
      time.advance(Duration.ofHours(3));
      assertThat(get(ann.invoke(String.class, "Hello"))).isEqualTo("hello ann");
    }
  }

  private static CompletableFuture<List<Integer>> collected(Flow.Publisher<Integer> stream) {
    CompletableFuture<List<Integer>> all = new CompletableFuture<>();
    List<Integer> items = new ArrayList<>();
    stream.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Integer item) {
            items.add(item);
          }

          @Override
          public void onError(Throwable error) {
            all.completeExceptionally(error);
          }

          @Override
          public void onComplete() {
            all.complete(items);
          }
        });
    return all;
  }

  /** A hub as its author would write it. */
  public static final class ChatHub extends Hub {
    public String hello() {
      return "hello " + context().principal().orElseThrow().getName();
    }

    public int sum(Flow.Publisher<Integer> numbers) {
      return Streams.of(numbers).mapToInt(Integer::intValue).sum();
    }

    public Stream<Integer> count(int end) {
      return IntStream.range(0, end).boxed();
    }

    public void say(String text) {
      clients().all().send("Said", text);
    }

    public CompletionStage<String> askBack() {
      return clients().client(context().connectionId()).invoke(String.class, "Name");
    }

    public void leaveMe() {
      context().abort();
    }
  }
}
