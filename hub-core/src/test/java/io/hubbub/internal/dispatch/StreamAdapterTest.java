package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.hubbub.spi.StreamAdapter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an application writes to use Reactor or RxJava in its hubs. */
class StreamAdapterTest {

  private static HubRig rig() {
    return new HubRig(
        ReactiveHub.class,
        options -> options,
        parts -> parts.streamAdapters(List.of(new ReactorAdapter(), new RxJavaAdapter())));
  }

  @Test
  void streamsOfOtherLibrariesAreResults() {
    try (HubRig rig = rig()) {
      for (String method : List.of("flux", "flowable")) {
        rig.stream(method, method);
        assertThat(List.of(rig.next(), rig.next(), rig.next()))
            .containsExactly(
                StreamItemMessage.of(method, 0),
                StreamItemMessage.of(method, 1),
                CompletionMessage.empty(method));
      }
    }
  }

  @Test
  void singleResultsOfOtherLibrariesAreAwaited() {
    try (HubRig rig = rig()) {
      rig.invoke("1", "mono");
      assertThat(rig.nextResult()).isEqualTo("mono");
      rig.invoke("2", "empty");
      assertThat(rig.nextResult()).isNull();
      rig.invoke("3", "single");
      assertThat(rig.nextResult()).isEqualTo("single");
    }
  }

  @Test
  void uploadsArriveAsTypesOfOtherLibraries() {
    try (HubRig rig = rig()) {
      rig.upload("1", "sum", List.of("s"));
      assertThat(rig.calls.binder().itemType("s")).isEqualTo(Integer.class);
      for (int item = 1; item <= 50; item++) {
        rig.item("s", item).join();
      }
      rig.endUpload("s");
      assertThat(rig.nextResult()).isEqualTo(50 * 51 / 2);
    }
  }

  @Test
  void uploadBecomesAStreamWithDemandOfTheClient() {
    try (HubRig rig = rig()) {
      rig.dispatch(
          new StreamInvocationMessage("1", "doubleEach", new Object[0], List.of("s"), Map.of()));
      rig.item("s", 3);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 6));
      rig.cancel("1");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  static class ReactiveHub extends Hub {
    public Flux<Integer> flux() {
      return Flux.range(0, 2);
    }

    public Flowable<Integer> flowable() {
      return Flowable.range(0, 2);
    }

    public Mono<String> mono() {
      return Mono.just("mono");
    }

    public Mono<Void> empty() {
      return Mono.empty();
    }

    public Single<String> single() {
      return Single.just("single");
    }

    public Mono<Integer> sum(Flux<Integer> numbers) {
      return numbers.reduce(0, Integer::sum);
    }

    public Flux<Integer> doubleEach(Flux<Integer> numbers) {
      return numbers.map(number -> 2 * number);
    }
  }

  private static final class ReactorAdapter implements StreamAdapter {
    @Override
    public boolean isStream(Class<?> declaredType) {
      return declaredType == Flux.class;
    }

    @Override
    public Flow.Publisher<?> toPublisher(Object stream) {
      return FlowAdapters.toFlowPublisher((Publisher<?>) stream);
    }

    @Override
    public boolean isUpload(Class<?> declaredType) {
      return declaredType == Flux.class;
    }

    @Override
    public Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
      return Flux.from(FlowAdapters.toPublisher(upload));
    }

    @Override
    public boolean isSingle(Class<?> declaredType) {
      return declaredType == Mono.class;
    }

    @Override
    public CompletionStage<?> toStage(Object single) {
      return ((Mono<?>) single).toFuture();
    }
  }

  private static final class RxJavaAdapter implements StreamAdapter {
    @Override
    public boolean isStream(Class<?> declaredType) {
      return declaredType == Flowable.class;
    }

    @Override
    public Flow.Publisher<?> toPublisher(Object stream) {
      return FlowAdapters.toFlowPublisher((Publisher<?>) stream);
    }

    @Override
    public boolean isSingle(Class<?> declaredType) {
      return declaredType == Single.class;
    }

    @Override
    public CompletionStage<?> toStage(Object single) {
      return ((Single<?>) single).toCompletionStage();
    }
  }
}
