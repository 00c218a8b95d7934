package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultStreamEndTest {

  @BeforeEach
  void freshState() {
    ResultStreamTest.StreamHub.source = new SubmissionPublisher<>();
    ResultStreamTest.StreamHub.made = new AtomicInteger();
    ResultStreamTest.StreamHub.closed = new CompletableFuture<>();
    ResultStreamTest.StreamHub.cancelled = new CompletableFuture<>();
    ResultStreamTest.StreamHub.later = new CompletableFuture<>();
  }

  @Test
  void cancelledStreamIsCompletedWithoutError() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "counting");
      rig.next();
      rig.cancel("1");
      HubMessage last = rig.next();
      while (last instanceof StreamItemMessage) {
        last = rig.next();
      }
      assertThat(last).isEqualTo(CompletionMessage.empty("1"));
      ResultStreamTest.StreamHub.closed.join();
      await().until(() -> rig.calls.running() == 0);
      rig.expectNothingSent();
    }
  }

  @Test
  void cancelledPublisherIsCancelledAndItsIdFree() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "endless");
      await().until(() -> ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
      await().until(() -> !ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.stream("1", "none");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  @Test
  void cancellationReachesTheMethodsParameter() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "withCancellation");
      await().until(() -> ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.cancel("1");
      ResultStreamTest.StreamHub.cancelled.join();
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  @Test
  void streamCancelledBeforeItIsThereIsCompletedWhenItComes() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "later");
      rig.cancel("1");
      rig.expectNothingSent();
      ResultStreamTest.StreamHub.later.complete(ResultStreamTest.StreamHub.source);
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
      await().until(() -> !ResultStreamTest.StreamHub.source.hasSubscribers());
    }
  }

  @Test
  void endOfTheConnectionCancelsStreams() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "endless");
      await().until(() -> ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.calls.cancelAll();
      await().until(() -> !ResultStreamTest.StreamHub.source.hasSubscribers());
      await().until(() -> rig.calls.running() == 0);
      rig.stream("2", "counting");
      HubMessage last = rig.next();
      while (!last.equals(CompletionMessage.empty("2"))) {
        last = rig.next();
      }
    }
  }

  @Test
  void cancellingWhatIsNotThereDoesNothing() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.cancel("nowhere");
      rig.invoke("1", "list");
      assertThat(rig.nextResult()).isNotNull();
    }
  }

  @Test
  void idInUseFailsTheNewcomerOnly() {
    try (HubRig rig = new HubRig(ResultStreamTest.StreamHub.class)) {
      rig.stream("1", "endless");
      await().until(() -> ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.stream("1", "none");
      assertThat(rig.nextError()).isEqualTo("Invocation ID '1' is already in use.");
      ResultStreamTest.StreamHub.source.submit(7);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 7));
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  @Test
  void numberOfStreamsIsLimited() {
    try (HubRig rig =
        new HubRig(ResultStreamTest.StreamHub.class, options -> options.maximumStreams(1))) {
      rig.stream("1", "endless");
      rig.stream("2", "none");
      assertThat(rig.nextError())
          .isEqualTo(
              "Expected at most 1 result streams of one connection at the same time. The limit is maximumStreams in HubOptions.");
      await().until(() -> ResultStreamTest.StreamHub.source.hasSubscribers());
      rig.cancel("1");
      rig.next();
      rig.stream("3", "none");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("3"));
    }
  }
}
