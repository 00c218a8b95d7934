package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.hubbub.client.RetryPolicy;
import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.ConnectAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReconnectorTest {
  private final ConnectAttempt attempt = new ConnectAttempt();
  private final LinkMaker maker = mock(LinkMaker.class);
  private final ClientTimer.Task task = mock(ClientTimer.Task.class);

  private void reconnect(ClientTimer timer) {
    ClientRuntime runtime = new ClientRuntime(timer, Runnable::run, Runnable::run);
    RetryPolicy once = RetryPolicy.delays(List.of(Duration.ZERO));
    new Reconnector(maker, runtime, once, attempt, Optional.empty()).run(Duration.ZERO);
  }

  @Test
  void attemptThatIsUnderWayAtOnceIsTheOneToGiveUp() {
    AtomicBoolean givenUp = new AtomicBoolean();
    when(maker.make(attempt))
        .thenAnswer(
            call -> {
              attempt.at(() -> givenUp.set(true));
              return new CompletableFuture<Link>();
            });
    reconnect(new FakeTimer(task, true));
    attempt.cancel();
    assertThat(givenUp).isTrue();
  }

  @Test
  void pauseThatIsGivenUpIsCutShort() {
    reconnect(new FakeTimer(task, false));
    attempt.cancel();
    verify(task).cancel();
    verifyNoInteractions(maker);
  }

  @Test
  void reconnectThatWasGivenUpBeforeItBeganDoesNotBegin() {
    attempt.cancel();
    reconnect(new FakeTimer(task, true));
    verify(task).cancel();
    verifyNoInteractions(maker);
  }

  @Test
  @SuppressWarnings("NullAway") // what it is about
  void policyThatAnswersNullGivesUp() {
    ClientRuntime runtime =
        new ClientRuntime(new FakeTimer(task, false), Runnable::run, Runnable::run);
    RetryPolicy careless = context -> null;
    Reconnector reconnector = new Reconnector(maker, runtime, careless, attempt, Optional.empty());
    assertThat(reconnector.nextDelay()).isEmpty();
  }

  /**
   * @param hasty runs what is scheduled before it says that it is
   */
  private record FakeTimer(Task task, boolean hasty) implements ClientTimer {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Task schedule(Duration delay, Runnable action) {
      if (hasty) {
        action.run();
      }
      return task;
    }
  }
}
