package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.hubbub.spi.StreamAdapter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an application writes to use a library that we do not know. */
class StreamAdapterTest {

  private static HubRig rig() {
    return new HubRig(
        FeedHub.class,
        options -> options,
        parts -> parts.streamAdapters(List.of(new FeedAdapter())));
  }

  @Test
  void streamsOfAnotherLibraryAreResults() {
    try (HubRig rig = rig()) {
      rig.stream("1", "feed");
      assertThat(List.of(rig.next(), rig.next(), rig.next()))
          .containsExactly(
              StreamItemMessage.of("1", 0),
              StreamItemMessage.of("1", 1),
              CompletionMessage.empty("1"));
    }
  }

  @Test
  void singleResultsOfAnotherLibraryAreAwaited() {
    try (HubRig rig = rig()) {
      rig.invoke("1", "later");
      assertThat(rig.nextResult()).isEqualTo("later");
    }
  }

  @Test
  void uploadsArriveAsTypesOfAnotherLibrary() {
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
  void adaptersOfTheApplicationComeBeforeOurs() {
    StreamAdapter silent =
        new StreamAdapter() {
          @Override
          public boolean isStream(Class<?> declaredType) {
            return declaredType == Flux.class;
          }

          @Override
          public Flow.Publisher<?> toPublisher(Object stream) {
            return JdkFlowAdapter.publisherToFlowPublisher(Flux.empty());
          }
        };
    try (HubRig rig =
        new HubRig(
            FeedHub.class, options -> options, parts -> parts.streamAdapters(List.of(silent)))) {
      rig.stream("1", "flux");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  /** Some library's stream. */
  record Feed<T>(Flux<T> items) {}

  /** Some library's later result. */
  record Later<T>(T value) {}

  static class FeedHub extends Hub {
    public Feed<Integer> feed() {
      return new Feed<>(Flux.range(0, 2));
    }

    public Later<String> later() {
      return new Later<>("later");
    }

    public Mono<Integer> sum(Feed<Integer> numbers) {
      return numbers.items().reduce(0, Integer::sum);
    }

    public Flux<Integer> flux() {
      return Flux.range(0, 2);
    }
  }

  private static final class FeedAdapter implements StreamAdapter {
    @Override
    public boolean isStream(Class<?> declaredType) {
      return declaredType == Feed.class;
    }

    @Override
    public Flow.Publisher<?> toPublisher(Object stream) {
      return JdkFlowAdapter.publisherToFlowPublisher(((Feed<?>) stream).items());
    }

    @Override
    public boolean isUpload(Class<?> declaredType) {
      return declaredType == Feed.class;
    }

    @Override
    public Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
      return new Feed<>(JdkFlowAdapter.flowPublisherToFlux(upload));
    }

    @Override
    public boolean isSingle(Class<?> declaredType) {
      return declaredType == Later.class;
    }

    @Override
    public CompletionStage<?> toStage(Object single) {
      return CompletableFuture.completedFuture(((Later<?>) single).value());
    }
  }
}
