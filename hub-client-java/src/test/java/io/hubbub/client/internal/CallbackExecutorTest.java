package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.client.internal.transport.ClientTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class CallbackExecutorTest {
  private final List<String> ran = new ArrayList<>();
  private boolean refuses;

  private final Executor application =
      action -> {
        if (refuses) {
          throw new RejectedExecutionException("shut down");
        }
        action.run();
      };

  private final Executor callbacks =
      new ClientRuntime(Mockito.mock(ClientTimer.class), Runnable::run, Runnable::run)
          .callbacksOn(application);

  @Test
  void whatIsRefusedRunsElsewhereAndSoDoesWhatFollows() {
    SerialExecutor lane = new SerialExecutor(callbacks);
    refuses = true;
    lane.execute(() -> ran.add("refused"));
    refuses = false;
    lane.execute(() -> ran.add("next"));

    assertThat(ran).containsExactly("refused", "next");
    assertThat(lane.size()).isZero();
  }

  @Test
  void actionThatFailsOnTheCallersThreadDoesNotRunTwice() {
    assertThatThrownBy(
            () ->
                callbacks.execute(
                    () -> {
                      ran.add("once");
                      throw new RejectedExecutionException("of something else");
                    }))
        .hasMessage("of something else");
    assertThat(ran).containsExactly("once");
  }
}
