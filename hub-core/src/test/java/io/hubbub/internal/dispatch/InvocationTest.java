package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.NonBlocking;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.HubActivator;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InvocationTest {

  @Test
  void resultIsSentUnderTheCallsId() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.invoke("7", "Echo", "hello");
      assertThat(rig.next()).isEqualTo(CompletionMessage.result("7", "hello"));
    }
  }

  @Test
  void methodsWithoutResultAnswerNull() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.invoke("1", "nothing");
      assertThat(rig.next()).isEqualTo(CompletionMessage.result("1", null));
      rig.invoke("2", "nothingLater");
      assertThat(rig.next()).isEqualTo(CompletionMessage.result("2", null));
    }
  }

  @Test
  void stagesAreAwaited() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      CallsHub.later = new CompletableFuture<>();
      rig.invoke("1", "echoLater");
      rig.expectNothingSent();
      CallsHub.later.complete("late");
      assertThat(rig.nextResult()).isEqualTo("late");
    }
  }

  @Test
  void nothingIsAnsweredWithoutAnId() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.invoke(null, "echo", "x").join();
      rig.invoke(null, "fail", "x").join();
      rig.invoke(null, "nope").join();
      rig.invoke(null, "words").join();
      rig.dispatch(new InvocationBindingFailure(null, "echo", false, false, "count"));
      rig.invoke("1", "echo", "the only answer");
      assertThat(rig.nextResult()).isEqualTo("the only answer");
    }
  }

  @Test
  void renamedMethodsAreCalledByTheirOtherNameOnly() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.invoke("1", "RENAMED");
      assertThat(rig.nextResult()).isEqualTo("renamed");
      assertThat(rig.calls.binder().parameterTypes("oldName")).isNull();
    }
  }

  @Test
  void nonBlockingMethodsRunOnTheReceiveThread() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.invoke("1", "threadNonBlocking");
      assertThat(rig.nextResult()).isEqualTo(Thread.currentThread().getName());
      rig.invoke("2", "thread");
      assertThat(rig.nextResult()).isNotEqualTo(Thread.currentThread().getName());
    }
  }

  @Test
  void methodsOfANonBlockingClassRunOnTheReceiveThread() {
    try (HubRig rig = new HubRig(QuickHub.class)) {
      rig.invoke("1", "here");
      assertThat(rig.nextResult()).isEqualTo(Thread.currentThread().getName());
      rig.invoke("2", "thread");
      assertThat(rig.nextResult()).isNotEqualTo(Thread.currentThread().getName());
    }
  }

  @Test
  void everyCallHasAnObjectOfItsOwnThatIsGivenBackAfterTheAnswer() {
    CountingActivator activator = new CountingActivator();
    try (HubRig rig =
        new HubRig(CallsHub.class, options -> options, parts -> parts.activator(activator))) {
      activator.sentAtRelease = () -> rig.connection.sent.size();
      rig.invoke("1", "echo", "a");
      await().until(() -> activator.released.get() == 1);
      rig.invoke("2", "fail", "b");
      await().until(() -> activator.released.get() == 2);
      assertThat(activator.created).hasValue(2);
      assertThat(activator.answersBeforeRelease).isEqualTo(1 + 2);
    }
  }

  @Test
  void callsAreCountedWhileTheyRun() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      CallsHub.later = new CompletableFuture<>();
      rig.invoke("1", "echoLater");
      assertThat(rig.calls.running()).isEqualTo(1);
      CallsHub.later.complete("done");
      rig.next();
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void bindingAnswersTheSameListEveryTime() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      List<Type> types = rig.calls.binder().parameterTypes("Echo");
      assertThat(types).containsExactly(String.class);
      assertThat(rig.calls.binder().parameterTypes("eChO")).isSameAs(types);
      assertThat(rig.calls.binder().parameterTypes("count")).isEmpty();
    }
  }

  @Test
  void answersOfClientsGoToTheLifetimeManager() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      assertThat(rig.calls.binder().resultType("s1")).isEqualTo(String.class);
      rig.dispatch(CompletionMessage.result("s1", "answer"));
      assertThat(rig.lifetimeManager.completions)
          .containsExactly(CompletionMessage.result("s1", "answer"));
      rig.dispatch(CompletionMessage.result("s3", "nobody waits"));
    }
  }

  @Test
  void forgedAnswersEndTheConnection() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> rig.dispatch(CompletionMessage.result("s2", "forged")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Connection ID 'c1' is not valid for invocation ID 's2'.");
    }
  }

  @Test
  void headersOfCallsAreIgnored() {
    try (HubRig rig = new HubRig(CallsHub.class)) {
      rig.dispatch(
          new InvocationMessage(
              "1", "echo", new Object[] {"x"}, List.of(), java.util.Map.of("traceparent", "00")));
      assertThat(rig.nextResult()).isEqualTo("x");
    }
  }

  static class CallsHub extends Hub {
    static volatile CompletableFuture<String> later = new CompletableFuture<>();

    public String echo(String value) {
      return value;
    }

    public void nothing() {}

    public CompletionStage<Void> nothingLater() {
      return CompletableFuture.completedStage(null);
    }

    public CompletionStage<String> echoLater() {
      return later;
    }

    public void fail(String message) throws IOException {
      throw new IOException(message);
    }

    public CompletionStage<String> failLater(String message) {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException(message);
          });
    }

    public void failHub(String message) {
      throw new OwnHubException(message);
    }

    public Flow.Publisher<String> words() {
      return null;
    }

    public int count(Flow.Publisher<Integer> numbers) {
      return 0;
    }

    @HubMethodName("renamed")
    public String oldName() {
      return "renamed";
    }

    @NonBlocking
    public String threadNonBlocking() {
      return Thread.currentThread().getName();
    }

    public String thread() {
      return Thread.currentThread().getName();
    }
  }

  @NonBlocking
  static class QuickHub extends CallsHub {
    public String here() {
      return Thread.currentThread().getName();
    }
  }

  static final class OwnHubException extends HubException {
    OwnHubException(String message) {
      super(message);
    }
  }

  static class BrokenHub extends Hub {
    BrokenHub() {
      throw new HubException("no hub today");
    }

    public String echo(String value) {
      return value;
    }
  }

  private static final class CountingActivator implements HubActivator {
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    volatile java.util.function.IntSupplier sentAtRelease;
    volatile int answersBeforeRelease;

    @Override
    public <H extends io.hubbub.BaseHub> H create(Class<H> hubClass) {
      created.incrementAndGet();
      return hubClass.cast(new CallsHub());
    }

    @Override
    public void release(io.hubbub.BaseHub hub) {
      answersBeforeRelease += sentAtRelease.getAsInt();
      released.incrementAndGet();
    }

    @Override
    public Object service(Type type) {
      throw new IllegalArgumentException();
    }
  }
}
