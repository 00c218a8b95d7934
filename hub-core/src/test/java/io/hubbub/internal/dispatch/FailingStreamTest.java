package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.Streams;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams end, whatever the application's code throws, and take nothing else with them. */
class FailingStreamTest {

  @BeforeEach
  void notClosedYet() {
    FailingHub.closed = new CompletableFuture<>();
    FailingHub.onRequest = () -> {};
    FailingHub.onCancel = () -> {};
  }

  private static void fail() {
    throw new NoClassDefFoundError("the publisher's");
  }

  @Test
  void itemThatCannotBeReadEndsItsStream() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.unwritable =
          message -> {
            if (message instanceof StreamItemMessage) {
              fail();
            }
            return false;
          };
      rig.stream("1", "numbers");
      assertThat(rig.nextError()).isEqualTo(ClientErrors.STREAMING_FAILED);
      FailingHub.closed.join();
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void publisherThatCannotBeAskedForItemsEndsItsStream() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      FailingHub.onRequest = FailingStreamTest::fail;
      rig.stream("1", "silent");
      assertThat(rig.nextError()).isEqualTo(ClientErrors.STREAMING_FAILED);
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void publisherThatCannotBeSubscribedEndsItsStream() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.stream("1", "unsubscribable");
      assertThat(rig.nextError()).isEqualTo(ClientErrors.STREAMING_FAILED);
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void publisherThatCannotBeCancelledDoesNotKeepOthersFromIt() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      CompletableFuture<Void> asked = new CompletableFuture<>();
      FailingHub.onRequest = () -> asked.complete(null);
      FailingHub.onCancel = FailingStreamTest::fail;
      rig.stream("1", "silent");
      asked.join();
      rig.upload("2", "untilTheEnd", List.of("s"));
      rig.calls.cancelAll();
      assertThat(List.of(rig.nextCompletion().invocationId(), rig.nextCompletion().invocationId()))
          .containsExactlyInAnyOrder("1", "2");
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void streamForWhichThereIsNoThreadEndsAndIsClosed() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.room = new CompletableFuture<>();
      rig.stream("1", "numbers");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      rig.executor.shutdown();
      await().until(rig.executor::isTerminated);
      ((CompletableFuture<Void>) rig.connection.room).complete(null);
      assertThat(rig.nextError()).isEqualTo(ClientErrors.STREAMING_FAILED);
      FailingHub.closed.join();
      assertThat(rig.calls.running()).isZero();
    }
  }

  @Test
  void cancelledStreamForWhichThereIsNoThreadIsClosed() {
    try (HubRig rig = new HubRig(FailingHub.class)) {
      rig.connection.room = new CompletableFuture<>();
      rig.stream("1", "numbers");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      rig.executor.shutdown();
      await().until(rig.executor::isTerminated);
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
      FailingHub.closed.join();
    }
  }

  static class FailingHub extends Hub {
    static volatile CompletableFuture<Void> closed;
    static volatile Runnable onRequest;
    static volatile Runnable onCancel;

    public Stream<Integer> numbers() {
      return Stream.iterate(0, last -> last + 1).onClose(() -> closed.complete(null));
    }

    public Flow.Publisher<Integer> silent() {
      return subscriber ->
          subscriber.onSubscribe(
              new Flow.Subscription() {
                @Override
                public void request(long n) {
                  onRequest.run();
                }

                @Override
                public void cancel() {
                  onCancel.run();
                }
              });
    }

    public Flow.Publisher<Integer> unsubscribable() {
      return subscriber -> fail();
    }

    public void untilTheEnd(Flow.Publisher<Integer> numbers) {
      Streams.of(numbers).forEach(number -> {});
    }
  }
}
