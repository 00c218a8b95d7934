package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.NonBlocking;
import io.hubbub.protocol.HubMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  @BeforeEach
  void closeTheDoors() {
    DoorsHub.doors = new CompletableFuture[5];
    for (int i = 0; i < DoorsHub.doors.length; i++) {
      DoorsHub.doors[i] = new CompletableFuture<>();
    }
  }

  @Test
  void readerGoesOnWhileTheFirstCallRuns() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      assertThat(rig.invoke("0", "pass", 0)).isDone();
      rig.expectNothingSent();
      DoorsHub.doors[0].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("0");
    }
  }

  @Test
  void readerWaitsWhenNoSlotIsFree() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "pass", 0);
      CompletableFuture<Void> demand = rig.invoke("1", "pass", 1);
      assertThat(demand).isNotDone();
      DoorsHub.doors[1].complete("open, but not its turn");
      rig.expectNothingSent();
      DoorsHub.doors[0].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("0");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("1");
      assertThat(demand).isDone();
    }
  }

  @Test
  void demandIsThereAgainAsSoonAsTheWaitingCallStarts() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "pass", 0);
      CompletableFuture<Void> demand = rig.invoke("1", "pass", 1);
      DoorsHub.doors[0].complete("open");
      await().until(demand::isDone);
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("0");
      rig.expectNothingSent();
    }
  }

  @Test
  void readerWaitsUntilANonBlockingCallThatHadToWaitHasRun() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "pass", 0);
      CompletableFuture<Integer> answersThen =
          rig.invoke("1", "echoAtOnce", "x").thenApply(demand -> rig.connection.sent.size());
      assertThat(answersThen).isNotDone();
      DoorsHub.doors[0].complete("open");
      assertThat(answersThen).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(2);
    }
  }

  @Test
  void blockingCallsOfOneConnectionAnswerInOrder() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      List<String> ids = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> ids.forEach(id -> rig.invoke(id, "echo", id).join()), rig.executor);
      assertThat(ids).allSatisfy(id -> assertThat(rig.nextResult()).isEqualTo(id));
      sent.join();
    }
  }

  @Test
  void severalCallsRunAtTheSameTimeIfAllowed() {
    try (HubRig rig =
        new HubRig(DoorsHub.class, options -> options.maximumParallelInvocations(2))) {
      assertThat(rig.invoke("0", "pass", 0)).isDone();
      assertThat(rig.invoke("1", "pass", 1)).isDone();
      CompletableFuture<Void> third = rig.invoke("2", "pass", 2);
      assertThat(third).isNotDone();
      DoorsHub.doors[1].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("1");
      await().until(third::isDone);
      DoorsHub.doors[2].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("2");
    }
  }

  @Test
  void errorsOfCallsThatCannotBeBoundOvertake() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "pass", 0);
      rig.invoke("1", "nope");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("1");
    }
  }

  @Test
  void streamsAndUploadsTakeNoSlot() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "pass", 0);
      assertThat(rig.stream("1", "numbers")).isDone();
      HubMessage item = rig.next();
      assertThat(item).isInstanceOf(io.hubbub.protocol.StreamItemMessage.class);
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("1");
      assertThat(rig.upload("2", "ignoreAll", List.of("s"))).isDone();
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("2");
    }
  }

  @Test
  void callThatAsksItsClientGivesItsSlotBackOnce() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "askTwiceThenPass", 0);
      rig.invoke("1", "pass", 1).join();
      CompletableFuture<Void> third = rig.invoke("2", "pass", 2);
      assertThat(third).isNotDone();
      DoorsHub.doors[0].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("0");
      assertThat(third).isNotDone();
      DoorsHub.doors[1].complete("open");
      assertThat(rig.nextCompletion().invocationId()).isEqualTo("1");
      await().until(third::isDone);
    }
  }

  @Test
  void callThatWaitsStartsWhenTheOneBeforeItAsksItsClient() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.invoke("0", "passThenAsk", 0);
      CompletableFuture<Void> second = rig.invoke("1", "pass", 1);
      assertThat(second).isNotDone();
      DoorsHub.doors[0].complete("asks now");
      await().until(second::isDone);
    }
  }

  @Test
  void callsThatGaveTheirSlotsBackAreBounded() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      for (int i = 0; i < 1_000; i++) {
        rig.invoke("asking", "askTwiceThenPass", 0).join();
      }
      await().until(() -> rig.calls.running() == 1_000);
      rig.invoke("one more", "askTwiceThenPass", 0);
      assertThat(rig.nextError())
          .isEqualTo("Expected at most 1000 running calls of one connection.");
    }
  }

  @Test
  void refusedHandOverFailsTheCallAndFreesItsSlot() {
    try (HubRig rig = new HubRig(DoorsHub.class)) {
      rig.executor.shutdown();
      rig.invoke("0", "echo", "x");
      assertThat(rig.nextError())
          .isEqualTo("An unexpected error occurred invoking 'echo' on the server.");
      assertThat(rig.invoke("1", "echo", "y")).isDone();
      assertThat(rig.calls.running()).isZero();
      assertThatThrownBy(() -> rig.calls.connected().toCompletableFuture().join())
          .hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  static class DoorsHub extends Hub {
    static CompletableFuture<String>[] doors;

    public CompletionStage<String> pass(int door) {
      return doors[door];
    }

    public String echo(String value) {
      return value;
    }

    @NonBlocking
    public String echoAtOnce(String value) {
      return value;
    }

    public CompletionStage<String> askTwiceThenPass(int door) {
      clients().caller().invoke(String.class, "first");
      clients().caller().invoke(String.class, "second");
      return doors[door];
    }

    public CompletionStage<String> passThenAsk(int door) {
      var clients = clients();
      return doors[door]
          .thenCompose(open -> clients.caller().invoke(String.class, "question"))
          .thenCompose(answer -> new CompletableFuture<>());
    }

    public Stream<Integer> numbers() {
      return Stream.of(1);
    }

    public void ignoreAll(Flow.Publisher<Integer> numbers) {}
  }
}
