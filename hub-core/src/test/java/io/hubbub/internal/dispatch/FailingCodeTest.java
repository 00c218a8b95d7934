package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.BaseHub;
import io.hubbub.Hub;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.spi.HubActivator;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code of the application that throws where nobody expects it ends one call, not the next ones. */
class FailingCodeTest {
  private static final String FAILED = "An unexpected error occurred invoking '%s' on the server.";

  @BeforeEach
  void notAnsweredYet() {
    FailingHub.later = new CompletableFuture<>();
  }

  /** What a getter without its class does. */
  private static boolean failForResults(HubMessage message) {
    boolean result = message instanceof CompletionMessage completion && completion.hasResult();
    if (result && !"fine".equals(((CompletionMessage) message).result())) {
      throw new NoClassDefFoundError("the getter's");
    }
    return false;
  }

  private static void expectTheNextCallToWork(HubRig rig) {
    rig.invoke("next", "echo", "fine").join();
    assertThat(rig.nextResult()).isEqualTo("fine");
    await().until(() -> rig.calls.running() == 0);
  }

  @Test
  void resultThatCannotBeReadIsAnErrorAndTheNextCallRuns() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.unwritable = FailingCodeTest::failForResults;
      rig.invoke("1", "echo", "broken");
      assertThat(rig.nextError()).isEqualTo(FAILED.formatted("echo"));
      expectTheNextCallToWork(rig);
    }
  }

  @Test
  void laterResultThatCannotBeReadIsAnErrorAndTheWaitingCallRuns() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.unwritable = FailingCodeTest::failForResults;
      rig.invoke("1", "later");
      CompletableFuture<Void> demand = rig.invoke("2", "echo", "fine");
      FailingHub.later.complete("broken");
      assertThat(rig.nextError()).isEqualTo(FAILED.formatted("later"));
      assertThat(rig.nextResult()).isEqualTo("fine");
      demand.join();
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void callThatCannotBeAnsweredAtAllLetsTheNextOneRun() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.unwritable =
          message -> {
            throw new AssertionError("nothing is written today");
          };
      rig.invoke("1", "echo", "x");
      await().until(() -> rig.calls.running() == 0);
      rig.connection.unwritable = message -> false;
      expectTheNextCallToWork(rig);
    }
  }

  @Test
  void errorWhoseTextCannotBeHadIsToldWithoutIt() {
    try (HubRig rig = new HubRig(FailingHub.class, options -> options.detailedErrors(true))) {
      rig.invoke("1", "throwUnspeakable");
      assertThat(rig.nextError()).isEqualTo(FAILED.formatted("throwUnspeakable"));
      expectTheNextCallToWork(rig);
    }
  }

  @Test
  void hubObjectThatCannotBeReleasedLetsTheNextCallRun() {
    try (HubRig rig =
        new HubRig(
            FailingHub.class,
            options -> options,
            parts -> parts.activator(new UnreleasingActivator()))) {
      rig.invoke("1", "echo", "first");
      assertThat(rig.nextResult()).isEqualTo("first");
      expectTheNextCallToWork(rig);
    }
  }

  @Test
  void callForWhichNoThreadCanBeMadeFailsAndFreesItsSlot() {
    NoThreads executor = new NoThreads();
    try (HubRig rig = new HubRig(FailingHub.class, executor)) {
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextError()).isEqualTo(FAILED.formatted("echo"));
      assertThat(rig.calls.running()).isZero();
      executor.hasThreads = true;
      expectTheNextCallToWork(rig);
    }
  }

  static class FailingHub extends Hub {
    static volatile CompletableFuture<String> later;

    public String echo(String value) {
      return value;
    }

    public CompletionStage<String> later() {
      return later;
    }

    public void throwUnspeakable() {
      throw new IllegalStateException() {
        @Override
        public String getMessage() {
          throw new AssertionError("no words");
        }
      };
    }
  }

  private static final class UnreleasingActivator implements HubActivator {
    @Override
    public <H extends BaseHub> H create(Class<H> hubClass) {
      return hubClass.cast(new FailingHub());
    }

    @Override
    public void release(BaseHub hub) {
      throw new NoClassDefFoundError("the container's");
    }

    @Override
    public Object service(Type type) {
      throw new IllegalArgumentException();
    }
  }
}
