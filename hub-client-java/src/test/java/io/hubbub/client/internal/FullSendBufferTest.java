package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.internal.Handlers.Handler;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the server is told of that which the full buffer does not take. */
class FullSendBufferTest {
  private final List<HubMessage> sent = new ArrayList<>();

  private CompletionStage<Void> onlyEnds(HubMessage message) {
    if (message instanceof CompletionMessage completion && !completion.hasResult()) {
      sent.add(message);
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.failedFuture(new IllegalStateException("too much waits"));
  }

  @Test
  void uploadEndsWithAnErrorAndItsSourceIsCanceled() {
    AtomicBoolean canceled = new AtomicBoolean();
    Upload upload = new Upload("s", this::onlyEnds, ended -> {});
    upload.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            canceled.set(true);
          }
        });

    upload.onNext("item");

    assertThat(canceled).isTrue();
    assertThat(sent).containsExactly(CompletionMessage.error("s", "too much waits"));
  }

  @Test
  void serverThatWaitsForAResultIsToldTheError() {
    Handlers handlers = new Handlers();
    handlers.add(new Handler("Name", List.of(), arguments -> "Ann", true));
    HandlerCalls calls =
        new HandlerCalls(handlers, new SerialExecutor(Runnable::run), 10, this::onlyEnds);

    calls.accept(new InvocationMessage("c", "Name", new Object[0], List.of(), Map.of()));

    assertThat(sent).containsExactly(CompletionMessage.error("c", "too much waits"));
  }
}
