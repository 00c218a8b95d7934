package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.InvocationFailedException;
import io.hubbub.client.internal.StreamCall.StreamRequest;
import io.hubbub.protocol.CompletionMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamCallTest {
  private final AtomicInteger cancels = new AtomicInteger();
  private final Recorder recorder = new Recorder();
  private final StreamCall call =
      new StreamCall(
          new StreamRequest("Numbers", Object.class, Runnable::run, 3),
          recorder,
          cancels::incrementAndGet);

  /** Notes what a subscriber is told. */
  private static final class Recorder implements Flow.Subscriber<Object> {
    final List<Object> seen = new ArrayList<>();
    boolean fails;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      seen.add("begin");
    }

    @Override
    public void onNext(Object item) {
      seen.add(item);
      if (fails) {
        throw new IllegalStateException("subscriber failed");
      }
    }

    @Override
    public void onError(Throwable error) {
      seen.add(error);
    }

    @Override
    public void onComplete() {
      seen.add("end");
    }
  }

  @BeforeEach
  void begin() {
    call.begin();
    recorder.seen.clear();
  }

  @Test
  void subscriptionIsToldBeforeTheEndOfAConnectionThatIsLostJustThen() {
    StreamCall late =
        new StreamCall(
            new StreamRequest("Numbers", Object.class, Runnable::run, 3), recorder, () -> {});
    IllegalStateException reason = new IllegalStateException("lost");

    late.onConnectionLost(reason);
    assertThat(recorder.seen).isEmpty();
    late.begin();

    assertThat(recorder.seen).containsExactly("begin", reason);
  }

  @Test
  void itemsWaitUntilTheyAreAskedFor() {
    call.onItem(1);
    call.onItem(null);
    call.onCompletion(CompletionMessage.empty("1"));
    assertThat(recorder.seen).isEmpty();
    call.request(1);
    assertThat(recorder.seen).containsExactly(1);
    call.request(1);
    assertThat(recorder.seen).containsExactly(1, null, "end");
    assertThat(cancels).hasValue(0);
  }

  @Test
  void errorComesAfterTheItemsBeforeIt() {
    call.request(10);
    call.onItem(1);
    call.onCompletion(CompletionMessage.error("1", "broken"));
    call.onItem(2);
    assertThat(recorder.seen).hasSize(2);
    assertThat(recorder.seen.get(1))
        .isInstanceOf(InvocationFailedException.class)
        .hasToString(InvocationFailedException.class.getName() + ": broken");
  }

  @Test
  void subscriberThatDoesNotAskIsGivenUpAtTheLimit() {
    for (int i = 0; i < 4; i++) {
      call.onItem(i);
    }
    assertThat(cancels).hasValue(1);
    call.request(10);
    assertThat(recorder.seen).startsWith(0, 1, 2);
    assertThat(recorder.seen.get(3)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsToldAfterACancel() {
    call.request(10);
    call.cancel();
    call.cancel();
    call.onItem(1);
    call.onCompletion(CompletionMessage.empty("1"));
    assertThat(recorder.seen).isEmpty();
    assertThat(cancels).hasValue(1);
  }

  @Test
  void demandOfNothingIsAnError() {
    call.request(0);
    assertThat(recorder.seen).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(cancels).hasValue(1);
  }

  @Test
  void subscriberThatFailsCancelsItsStream() {
    recorder.fails = true;
    call.request(10);
    call.onItem(1);
    call.onItem(2);
    assertThat(recorder.seen).containsExactly(1);
    assertThat(cancels).hasValue(1);
  }
}
