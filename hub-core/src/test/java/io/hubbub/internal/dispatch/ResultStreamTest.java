package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Cancellation;
import io.hubbub.Hub;
import io.hubbub.HubException;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStreamTest {

  @BeforeEach
  void freshState() {
    StreamHub.source = new SubmissionPublisher<>();
    StreamHub.made = new AtomicInteger();
    StreamHub.closed = new CompletableFuture<>();
    StreamHub.cancelled = new CompletableFuture<>();
    StreamHub.later = new CompletableFuture<>();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stream", "intStream", "iterator", "iterable", "publisher", "laterStream"})
  void itemsAndThenACompletionWithoutResult(String method) {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.stream("1", method);
      assertThat(List.of(rig.next(), rig.next(), rig.next()))
          .containsExactly(
              StreamItemMessage.of("1", 0),
              StreamItemMessage.of("1", 1),
              CompletionMessage.empty("1"));
      await().until(() -> rig.calls.running() == 0);
    }
  }

  @Test
  void collectionsAreOrdinaryResults() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.invoke("1", "list");
      assertThat(rig.nextResult()).isEqualTo(List.of(0, 1));
    }
  }

  @Test
  void streamWithoutItemsIsJustCompleted() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.stream("1", "none");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  @Test
  void nullIsNoStream() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.stream("1", "NULLSTREAM");
      assertThat(rig.nextError())
          .isEqualTo(
              "The value returned by the streaming method 'nullStream' is not a Publisher, Stream, Iterable or Iterator.");
    }
  }

  @Test
  void failingMethodFailsTheCall() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.stream("1", "throwAtOnce");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'throwAtOnce' on the server. HubException: no");
    }
  }

  @Test
  void failingStreamFailsHalfWay() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.stream("1", "failHalfWay");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      assertThat(rig.nextError())
          .isEqualTo("An error occurred on the server while streaming results.");
      rig.stream("2", "failHalfWayForTheHub");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("2", 0));
      assertThat(rig.nextError())
          .isEqualTo("An error occurred on the server while streaming results. HubException: boom");
    }
  }

  @Test
  void failingPublisherFailsHalfWay() {
    try (HubRig rig = new HubRig(StreamHub.class, options -> options.detailedErrors(true))) {
      rig.stream("1", "endless");
      await().until(() -> StreamHub.source.hasSubscribers());
      StreamHub.source.closeExceptionally(new IllegalStateException("boom"));
      assertThat(rig.nextError())
          .isEqualTo(
              "An error occurred on the server while streaming results. IllegalStateException: boom");
    }
  }

  @Test
  void itemThatCannotBeWrittenFailsTheStream() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      rig.connection.unwritable =
          message -> message instanceof StreamItemMessage item && item.item().equals(1);
      rig.stream("1", "counting");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      assertThat(rig.nextError())
          .isEqualTo("An error occurred on the server while streaming results.");
      StreamHub.closed.join();
    }
  }

  @Test
  void nextItemIsAskedForWhenThereIsRoom() {
    try (HubRig rig = new HubRig(StreamHub.class)) {
      CompletableFuture<Void> room = new CompletableFuture<>();
      rig.connection.room = room;
      rig.stream("1", "counting");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 0));
      rig.expectNothingSent();
      assertThat(StreamHub.made).hasValue(1);
      rig.connection.room = new CompletableFuture<>();
      room.complete(null);
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 1));
      assertThat(StreamHub.made).hasValue(2);
    }
  }

  static class StreamHub extends Hub {
    static volatile SubmissionPublisher<Integer> source;
    static volatile AtomicInteger made;
    static volatile CompletableFuture<Void> closed;
    static volatile CompletableFuture<Void> cancelled;
    static volatile CompletableFuture<Flow.Publisher<Integer>> later;

    public Stream<Integer> stream() {
      return Stream.of(0, 1);
    }

    public IntStream intStream() {
      return IntStream.of(0, 1);
    }

    public Iterator<Integer> iterator() {
      return List.of(0, 1).iterator();
    }

    public Iterable<Integer> iterable() {
      return List.of(0, 1);
    }

    public List<Integer> list() {
      return List.of(0, 1);
    }

    public Flow.Publisher<Integer> publisher() {
      return IteratorPublisherOf.integers(0, 1);
    }

    public CompletionStage<Stream<Integer>> laterStream() {
      return CompletableFuture.completedStage(Stream.of(0, 1));
    }

    public CompletionStage<Flow.Publisher<Integer>> later() {
      return later;
    }

    public Stream<Integer> none() {
      return Stream.empty();
    }

    public Stream<Integer> nullStream() {
      return null;
    }

    public Stream<Integer> throwAtOnce() {
      throw new HubException("no");
    }

    public Stream<Integer> failHalfWay() {
      return Stream.of(0, 1).peek(item -> failAt(item, new IllegalStateException("boom")));
    }

    public Stream<Integer> failHalfWayForTheHub() {
      return Stream.of(0, 1).peek(item -> failAt(item, new HubException("boom")));
    }

    private static void failAt(int item, RuntimeException error) {
      if (item == 1) {
        throw error;
      }
    }

    public Stream<Integer> counting() {
      return Stream.generate(made::getAndIncrement).onClose(() -> closed.complete(null));
    }

    public Flow.Publisher<Integer> endless() {
      return source;
    }

    public Flow.Publisher<Integer> withCancellation(Cancellation cancellation) {
      cancellation.onCancel(() -> cancelled.complete(null));
      return source;
    }
  }

  /** A publisher that is none of ours. */
  static final class IteratorPublisherOf {
    private IteratorPublisherOf() {}

    static Flow.Publisher<Integer> integers(int... items) {
      return subscriber -> {
        Iterator<Integer> rest = IntStream.of(items).iterator();
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {
                if (rest.hasNext()) {
                  subscriber.onNext(rest.next());
                } else {
                  subscriber.onComplete();
                }
              }

              @Override
              public void cancel() {}
            });
      };
    }
  }
}
