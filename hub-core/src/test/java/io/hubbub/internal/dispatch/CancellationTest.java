package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.Cancellation;
import io.hubbub.Hub;
import io.hubbub.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellationTest {

  @BeforeEach
  void closeTheDoor() {
    WaitingHub.door = new CompletableFuture<>();
  }

  @Test
  void plainCallWithCancellationIsTold() {
    try (HubRig rig = new HubRig(WaitingHub.class)) {
      rig.invoke("1", "cancellable");
      rig.cancel("1");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'cancellable' on the server. HubException: cancelled");
    }
  }

  @Test
  void plainCallWithoutCancellationIsNotDisturbed() {
    try (HubRig rig = new HubRig(WaitingHub.class)) {
      rig.invoke("1", "uncancellable");
      rig.cancel("1");
      rig.expectNothingSent();
      WaitingHub.door.complete("result");
      assertThat(rig.nextResult()).isEqualTo("result");
    }
  }

  @Test
  void endOfTheConnectionCancelsPlainCallsToo() {
    try (HubRig rig = new HubRig(WaitingHub.class)) {
      rig.invoke("1", "cancellable");
      rig.calls.cancelAll();
      assertThat(rig.nextError()).contains("cancelled");
      await().until(() -> rig.calls.running() == 0);
      rig.invoke("2", "cancellable");
      assertThat(rig.nextError()).contains("cancelled");
    }
  }

  @Test
  void endedCallsAreNotCancelled() {
    try (HubRig rig = new HubRig(WaitingHub.class)) {
      rig.invoke("1", "remember");
      rig.next();
      rig.cancel("1");
      Cancellation remembered = (Cancellation) rig.connection.items.get("cancellation");
      assertThat(remembered.isCancelled()).isFalse();
    }
  }

  @Test
  void actionsRunOnceInOrderAndLaterOnesAtOnce() {
    CancellationSource source = new CancellationSource();
    List<String> ran = new ArrayList<>();
    source.onCancel(() -> ran.add("first"));
    source.onCancel(
        () -> {
          throw new IllegalStateException("does not stop the others");
        });
    source.onCancel(
        () -> {
          throw new NoClassDefFoundError("neither does this");
        });
    source.onCancel(() -> ran.add("second"));
    source.throwIfCancelled();
    source.cancel();
    source.cancel();
    source.onCancel(() -> ran.add("third"));
    assertThat(ran).containsExactly("first", "second", "third");
    assertThatThrownBy(source::throwIfCancelled).isInstanceOf(CancellationException.class);
  }

  @Test
  void interruptReachesRunningCodeAndOnlyIt() {
    Interruption interruption = new Interruption(thread -> true);
    interruption.begin();
    interruption.interrupt();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    interruption.end();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    interruption.interrupt();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void codeThatBeginsAfterTheInterruptBeginsInterrupted() {
    Interruption interruption = new Interruption(thread -> true);
    interruption.interrupt();
    interruption.begin();
    assertThat(Thread.interrupted()).isTrue();
    interruption.end();
  }

  @Test
  void poolThreadsAreNotInterrupted() {
    Interruption interruption = new Interruption(thread -> false);
    interruption.begin();
    interruption.interrupt();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    interruption.end();
  }

  static class WaitingHub extends Hub {
    static volatile CompletableFuture<String> door;

    public CompletionStage<String> cancellable(Cancellation cancellation) {
      CompletableFuture<String> result = new CompletableFuture<>();
      cancellation.onCancel(() -> result.completeExceptionally(new HubException("cancelled")));
      return result;
    }

    public CompletionStage<String> uncancellable() {
      return door;
    }

    public void remember(Cancellation cancellation) {
      context().items().put("cancellation", cancellation);
    }
  }
}
