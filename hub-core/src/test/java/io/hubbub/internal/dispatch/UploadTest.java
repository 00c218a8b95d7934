package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.Streams;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadTest {

  @BeforeEach
  void nothingCollectedYet() {
    UploadHub.kept = new CompletableFuture<>();
    UploadHub.end = new CompletableFuture<>();
  }

  @Test
  void itemsReachTheMethod() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "sum", List.of("s"));
      assertThat(rig.calls.binder().itemType("s")).isEqualTo(Integer.class);
      IntStream.rangeClosed(1, 3).forEach(item -> rig.item("s", item).join());
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(6);
    }
  }

  @Test
  void argumentsAndSeveralUploadsComeInOrder() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "joinTwo", List.of("a", "b"), "-");
      rig.item("b", "late").join();
      rig.item("a", "early").join();
      rig.endUpload("b");
      rig.endUpload("a");
      assertThat(rig.nextResult()).isEqualTo("early-late");
    }
  }

  @Test
  void moreThanTheBufferHoldsPassesBit() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "sum", List.of("s"));
      IntStream.range(0, 500).forEach(item -> rig.item("s", item).join());
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(500 * 499 / 2);
    }
  }

  @Test
  void fullBufferHoldsTheReader() {
    try (HubRig rig = new HubRig(UploadHub.class, options -> options.streamBufferCapacity(2))) {
      rig.upload("1", "keep", List.of("s"));
      Flow.Publisher<Integer> upload = UploadHub.kept.join();
      assertThat(rig.item("s", 1)).isDone();
      assertThat(rig.item("s", 2)).isDone();
      CompletableFuture<Void> third = rig.item("s", 3);
      assertThat(third).isNotDone();
      Collecting<Integer> subscriber = new Collecting<>();
      upload.subscribe(subscriber);
      assertThat(third).isNotDone();
      subscriber.subscription.request(1);
      third.join();
      await().untilAsserted(() -> assertThat(subscriber.items).containsExactly(1));
    }
  }

  @Test
  void blockedReadersNeedNoFurtherThreadForTheirItems() {
    try (HubRig rig = new HubRig(UploadHub.class, Executors.newFixedThreadPool(1))) {
      rig.upload("1", "sum", List.of("s"));
      IntStream.range(0, 100).forEach(item -> rig.item("s", item).join());
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(100 * 99 / 2);
    }
  }

  @Test
  void cancelledUploadDropsItemsAndLetsTheReaderGo() {
    try (HubRig rig = new HubRig(UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      Flow.Publisher<Integer> upload = UploadHub.kept.join();
      rig.item("s", 1);
      CompletableFuture<Void> second = rig.item("s", 2);
      Collecting<Integer> subscriber = new Collecting<>();
      upload.subscribe(subscriber);
      subscriber.subscription.cancel();
      second.join();
      assertThat(rig.item("s", 3)).isDone();
      assertThat(rig.item("s", 4)).isDone();
    }
  }

  @Test
  void itemsForNoUploadAreIgnored() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      assertThat(rig.calls.binder().itemType("nowhere")).isNull();
      assertThat(rig.item("nowhere", 1)).isDone();
      rig.dispatch(new StreamBindingFailure("nowhere", "unknown"));
      rig.endUpload("nowhere");
      rig.upload("1", "sum", List.of("s"));
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(0);
    }
  }

  @Test
  void uploadsEndWithTheMethodAndLaterItemsAreIgnored() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "keep", List.of("s"));
      Flow.Publisher<Integer> upload = UploadHub.kept.join();
      rig.item("s", 1);
      UploadHub.end.complete("enough");
      assertThat(rig.nextResult()).isEqualTo("enough");
      assertThat(rig.calls.binder().itemType("s")).isNull();
      assertThat(rig.item("s", 2)).isDone();
      assertThat(Streams.of(upload)).containsExactly(1);
    }
  }

  @Test
  void numberOfUploadsIsLimitedWhileTheirCallsRun() {
    try (HubRig rig = new HubRig(UploadHub.class, options -> options.maximumUploads(1))) {
      rig.upload("1", "keep", List.of("s"));
      rig.endUpload("s");
      rig.upload("2", "sum", List.of("t"));
      assertThat(rig.nextError())
          .isEqualTo(
              "Expected at most 1 uploads of one connection at the same time. The limit is maximumUploads in HubOptions.");
      UploadHub.end.complete("done");
      assertThat(rig.nextResult()).isEqualTo("done");
      rig.upload("3", "sum", List.of("t"));
      rig.endUpload("t");
      assertThat(rig.nextResult()).isEqualTo(0);
    }
  }

  @Test
  void secondSubscriberIsRefused() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "keep", List.of("s"));
      Flow.Publisher<Integer> upload = UploadHub.kept.join();
      upload.subscribe(new Collecting<>());
      Collecting<Integer> second = new Collecting<>();
      upload.subscribe(second);
      assertThat(second.end.isCompletedExceptionally()).isTrue();
    }
  }

  @Test
  void demandOfNothingEndsTheUpload() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.upload("1", "keep", List.of("s"));
      Collecting<Integer> subscriber = new Collecting<>();
      UploadHub.kept.join().subscribe(subscriber);
      subscriber.subscription.request(0);
      await().until(subscriber.end::isCompletedExceptionally);
    }
  }

  @Test
  void failingSubscriberGetsNothingMore() {
    try (HubRig rig = new HubRig(UploadHub.class, options -> options.streamBufferCapacity(1))) {
      rig.upload("1", "keep", List.of("s"));
      Collecting<Integer> subscriber =
          new Collecting<>() {
            @Override
            public void onNext(Integer item) {
              super.onNext(item);
              throw new IllegalStateException("cannot take it");
            }
          };
      UploadHub.kept.join().subscribe(subscriber);
      subscriber.subscription.request(10);
      IntStream.range(0, 10).forEach(item -> rig.item("s", item).join());
      await().until(() -> !subscriber.items.isEmpty());
      assertThat(subscriber.items).containsExactly(0);
    }
  }

  @Test
  void streamCanBeMadeOfAnUpload() {
    try (HubRig rig = new HubRig(UploadHub.class)) {
      rig.dispatch(
          new StreamInvocationMessage("1", "doubleEach", new Object[0], List.of("s"), Map.of()));
      rig.item("s", 1);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 2));
      rig.item("s", 2);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 4));
      rig.endUpload("s");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  static class UploadHub extends Hub {
    static volatile CompletableFuture<Flow.Publisher<Integer>> kept = new CompletableFuture<>();
    static volatile CompletableFuture<String> end = new CompletableFuture<>();

    public int sum(Flow.Publisher<Integer> numbers) {
      return Streams.of(numbers).mapToInt(Integer::intValue).sum();
    }

    public String joinTwo(
        String separator, Flow.Publisher<String> first, Flow.Publisher<String> second) {
      return Stream.concat(Streams.of(first), Streams.of(second))
          .collect(Collectors.joining(separator));
    }

    public String error(Flow.Publisher<Integer> numbers) {
      try {
        Streams.of(numbers).forEach(number -> {});
        return "completed";
      } catch (RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }

    public CompletionStage<String> keep(Flow.Publisher<Integer> numbers) {
      kept.complete(numbers);
      return end;
    }

    public Stream<Integer> doubleEach(Flow.Publisher<Integer> numbers) {
      return Streams.of(numbers).map(number -> 2 * number);
    }
  }

  /** Asks for nothing by itself. */
  static class Collecting<T> implements Flow.Subscriber<T> {
    final List<T> items = new java.util.concurrent.CopyOnWriteArrayList<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();
    volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(T item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
