package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor and RxJava in hubs, without a word of configuration. */
class ReactiveLibrariesTest {

  @ParameterizedTest
  @ValueSource(strings = {"flux", "flowable", "publisher", "laterFlux"})
  void streamsAreResults(String method) {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      rig.stream("1", method);
      assertThat(List.of(rig.next(), rig.next(), rig.next()))
          .containsExactly(
              StreamItemMessage.of("1", 0),
              StreamItemMessage.of("1", 1),
              CompletionMessage.empty("1"));
    }
  }

  @ParameterizedTest
  @CsvSource({"mono,mono", "single,single", "maybe,maybe", "monoOfNothing,", "nobody,", "done,"})
  void singleResultsAreAwaited(String method, String result) {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      rig.invoke("1", method);
      assertThat(rig.nextResult()).isEqualTo(result);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"failingFlux", "failingFlowable"})
  void failureOfAStreamEndsItWithAnError(String method) {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      rig.stream("1", method);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      assertThat(rig.nextError())
          .isEqualTo("An error occurred on the server while streaming results.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sumOfFlux", "sumOfFlowable", "sumOfPublisher"})
  void uploadsAreArguments(String method) {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      rig.upload("1", method, List.of("s"));
      assertThat(rig.calls.binder().itemType("s")).isEqualTo(Integer.class);
      for (int item = 1; item <= 50; item++) {
        rig.item("s", item).join();
      }
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(50 * 51 / 2);
    }
  }

  @Test
  void nextItemIsAskedForWhenThereIsRoom() {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      CompletableFuture<Void> room = new CompletableFuture<>();
      rig.connection.room = room;
      ReactiveHub.asked.set(0);
      rig.stream("1", "endless");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      assertThat(ReactiveHub.asked).hasValue(1);
      rig.connection.room = new CompletableFuture<>();
      room.complete(null);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 1));
      assertThat(ReactiveHub.asked).hasValue(2);
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
      await().untilTrue(ReactiveHub.cancelled);
    }
  }

  @Test
  void demandOfTheSubscriberHoldsTheUpload() {
    try (HubRig rig = new HubRig(ReactiveHub.class, options -> options.streamBufferCapacity(2))) {
      ReactiveHub.kept = new CompletableFuture<>();
      rig.upload("1", "keep", List.of("s"));
      Flux<Integer> upload = ReactiveHub.kept.join();
      rig.item("s", 1);
      rig.item("s", 2);
      CompletableFuture<Void> third = rig.item("s", 3);
      OneByOne subscriber = new OneByOne();
      upload.subscribe(subscriber);
      assertThat(third).isNotDone();
      subscriber.request(1);
      third.join();
      await().untilAsserted(() -> assertThat(subscriber.taken).hasValue(1));
    }
  }

  @Test
  void uploadBecomesAResult() {
    try (HubRig rig = new HubRig(ReactiveHub.class)) {
      rig.dispatch(
          new StreamInvocationMessage("1", "doubleEach", new Object[0], List.of("s"), Map.of()));
      rig.item("s", 3);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 6));
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  /** Takes an item when the test asks for one. */
  private static final class OneByOne extends BaseSubscriber<Integer> {
    final AtomicLong taken = new AtomicLong();

    @Override
    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
      // Nothing is asked for yet.
    }

    @Override
    protected void hookOnNext(Integer item) {
      taken.incrementAndGet();
    }
  }

  static class ReactiveHub extends Hub {
    static final AtomicLong asked = new AtomicLong();
    static final AtomicBoolean cancelled = new AtomicBoolean();
    static volatile CompletableFuture<Flux<Integer>> kept = new CompletableFuture<>();

    public Flux<Integer> flux() {
      return Flux.range(0, 2);
    }

    public CompletableFuture<Flux<Integer>> laterFlux() {
      return CompletableFuture.completedFuture(Flux.range(0, 2));
    }

    public Flowable<Integer> flowable() {
      return Flowable.range(0, 2);
    }

    public Publisher<Integer> publisher() {
      return Flux.range(0, 2);
    }

    public Flux<Integer> failingFlux() {
      return Flux.just(0).concatWith(Flux.error(new IllegalStateException("broken")));
    }

    public Flowable<Integer> failingFlowable() {
      return Flowable.just(0).concatWith(Flowable.error(new IllegalStateException("broken")));
    }

    public Flux<Integer> endless() {
      return Flux.range(0, Integer.MAX_VALUE)
          .doOnRequest(asked::addAndGet)
          .doOnCancel(() -> cancelled.set(true));
    }

    public Mono<String> mono() {
      return Mono.just("mono");
    }

    public Mono<Void> monoOfNothing() {
      return Mono.empty();
    }

    public Single<String> single() {
      return Single.just("single");
    }

    public Maybe<String> maybe() {
      return Maybe.just("maybe");
    }

    public Maybe<String> nobody() {
      return Maybe.empty();
    }

    public Completable done() {
      return Completable.complete();
    }

    public Mono<Integer> sumOfFlux(Flux<Integer> numbers) {
      return numbers.reduce(0, Integer::sum);
    }

    public Single<Integer> sumOfFlowable(Flowable<Integer> numbers) {
      return numbers.reduce(0, Integer::sum);
    }

    public Mono<Integer> sumOfPublisher(Publisher<Integer> numbers) {
      return Flux.from(numbers).reduce(0, Integer::sum);
    }

    public Mono<Void> keep(Flux<Integer> numbers) {
      kept.complete(numbers);
      return Mono.never();
    }

    public Flux<Integer> doubleEach(Flux<Integer> numbers) {
      return numbers.map(number -> 2 * number);
    }
  }
}
