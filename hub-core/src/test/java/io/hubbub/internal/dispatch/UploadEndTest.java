package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamBindingFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadEndTest {

  @BeforeEach
  void nothingCollectedYet() {
    UploadTest.UploadHub.kept = new CompletableFuture<>();
    UploadTest.UploadHub.end = new CompletableFuture<>();
  }

  @Test
  void clientsErrorFailsTheReader() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "error", List.of("s"));
      rig.item("s", 1);
      rig.dispatch(CompletionMessage.error("s", "gave up"));
      assertThat(rig.nextResult()).isEqualTo("HubException: gave up");
    }
  }

  @Test
  void itemThatDoesNotFitFailsTheReader() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "error", List.of("s"));
      rig.dispatch(new StreamBindingFailure("s", "a string"));
      assertThat(rig.nextResult()).isEqualTo("HubException: Failed to bind Stream message.");
      assertThat(rig.calls.binder().itemType("s")).isNull();
    }
  }

  @Test
  void itemThatDoesNotFitIsDetailedWhenAskedFor() {
    try (HubRig rig =
        new HubRig(UploadTest.UploadHub.class, options -> options.detailedErrors(true))) {
      rig.upload("1", "error", List.of("s"));
      rig.dispatch(new StreamBindingFailure("s", "a string"));
      assertThat(rig.nextResult())
          .isEqualTo("HubException: Failed to bind Stream message. InvalidDataException: a string");
    }
  }

  @Test
  void lostConnectionCancelsTheReader() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "error", List.of("s"));
      rig.calls.cancelAll();
      assertThat(rig.nextResult())
          .isEqualTo("CancellationException: The underlying connection was closed.");
    }
  }

  @Test
  void lostConnectionLetsTheReaderGo() {
    try (HubRig rig =
        new HubRig(UploadTest.UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      UploadTest.UploadHub.kept.join();
      rig.item("s", 1);
      CompletableFuture<Void> second = rig.item("s", 2);
      rig.calls.cancelAll();
      assertThat(second).isDone();
    }
  }

  @Test
  void subscriberThatFailsWithAnErrorLetsTheReaderGo() {
    try (HubRig rig =
        new HubRig(UploadTest.UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      UploadTest.Collecting<Integer> subscriber =
          new UploadTest.Collecting<>() {
            @Override
            public void onNext(Integer item) {
              super.onNext(item);
              throw new NoClassDefFoundError("the subscriber's");
            }
          };
      UploadTest.UploadHub.kept.join().subscribe(subscriber);
      subscriber.subscription.request(10);
      for (int item = 0; item < 5; item++) {
        assertThat(rig.item("s", item)).succeedsWithin(Duration.ofSeconds(10));
      }
      await().until(() -> !subscriber.items.isEmpty());
      assertThat(subscriber.items).containsExactly(0);
    }
  }

  @Test
  void subscriberThatFailsAtOnceLetsTheReaderGo() {
    try (HubRig rig =
        new HubRig(UploadTest.UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      UploadTest.Collecting<Integer> subscriber =
          new UploadTest.Collecting<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
              throw new NoClassDefFoundError("the subscriber's");
            }
          };
      Flow.Publisher<Integer> upload = UploadTest.UploadHub.kept.join();
      assertThatThrownBy(() -> upload.subscribe(subscriber))
          .isInstanceOf(NoClassDefFoundError.class);
      assertThat(rig.item("s", 1)).isDone();
      assertThat(rig.item("s", 2)).isDone();
    }
  }

  @Test
  void uploadForWhichThereIsNoThreadFailsTheSubscriberAndLetsTheReaderGo() {
    try (HubRig rig =
        new HubRig(UploadTest.UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      UploadTest.Collecting<Integer> subscriber = new UploadTest.Collecting<>();
      UploadTest.UploadHub.kept.join().subscribe(subscriber);
      rig.item("s", 1);
      CompletableFuture<Void> second = rig.item("s", 2);
      assertThat(second).isNotDone();
      rig.executor.shutdown();
      subscriber.subscription.request(1);
      assertThat(second).isDone();
      assertThat(subscriber.end)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(RejectedExecutionException.class);
      assertThat(rig.item("s", 3)).isDone();
    }
  }

  @Test
  void uploadWhoseItemsHaveAllArrivedIsCompleteThoughThereIsNoThread() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "keep", List.of("s"));
      UploadTest.Collecting<Integer> subscriber = new UploadTest.Collecting<>();
      UploadTest.UploadHub.kept.join().subscribe(subscriber);
      rig.executor.shutdown();
      rig.endUpload("s");
      assertThat(subscriber.end).isCompleted();
    }
  }

  @Test
  void idInUseFailsTheNewcomerOnly() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "sum", List.of("s"));
      rig.item("s", 1);
      rig.upload("2", "sum", List.of("s"));
      CompletionMessage refused = rig.nextCompletion();
      assertThat(refused.invocationId()).isEqualTo("2");
      assertThat(refused.error()).isEqualTo("Stream ID 's' is already in use.");
      rig.item("s", 2);
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(3);
    }
  }

  @Test
  void idTwiceInOneCallFailsIt() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "joinTwo", List.of("s", "s"), "-");
      assertThat(rig.nextError()).isEqualTo("Stream ID 's' is already in use.");
      assertThat(rig.calls.binder().itemType("s")).isNull();
    }
  }

  @Test
  void idIsFreeAgainWhenTheClientHasEndedItsUpload() {
    try (HubRig rig = new HubRig(UploadTest.UploadHub.class)) {
      rig.upload("1", "sum", List.of("s"));
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(0);
      rig.upload("2", "sum", List.of("s"));
      rig.item("s", 5);
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(5);
    }
  }
}
