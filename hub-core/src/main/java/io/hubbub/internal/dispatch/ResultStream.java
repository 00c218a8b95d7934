package io.hubbub.internal.dispatch;

import io.hubbub.protocol.StreamItemMessage;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a hub method streams, asking for one item after the other, the next when the
 * connection has room for it. Ends once: with the publisher, or when nobody wants more.
 *
 * <p>Threads: signals come one at a time, {@link #cancel} from any thread. While an item is being
 * sent, the thread that sends it owns the end, so that no item follows the completion.
 */
final class ResultStream implements Flow.Subscriber<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(ResultStream.class);
  private static final int SENDING = 1;
  private static final int CANCELLED = 2;
  private static final int ENDED = 4;

  private final StreamCall call;
  private final String invocationId;
  private final AtomicInteger state = new AtomicInteger(); // of the bits above
  private volatile Flow.@Nullable Subscription subscription;

  ResultStream(StreamCall call, String invocationId) {
    this.call = call;
    this.invocationId = invocationId;
  }

  @Override
  public void onSubscribe(Flow.Subscription offered) {
    if (subscription != null) {
      offered.cancel();
      return;
    }
    subscription = offered;
    if (state.get() == 0) {
      requestNext();
    } else {
      cancelSubscription();
      end(null);
    }
  }

  @Override
  public void onNext(Object item) {
    if (!state.compareAndSet(0, SENDING)) {
      return; // nobody wants it any more
    }
    CompletionStage<Void> room;
    try {
      room = call.owner().caller().send(StreamItemMessage.of(invocationId, item));
    } catch (RuntimeException | Error e) { // an item may contain itself, a getter may fail
      cancelSubscription();
      onError(e);
      return;
    }
    if (!state.compareAndSet(SENDING, 0)) {
      end(null); // cancelled meanwhile
    } else if (room == HubCalls.READY) {
      requestNext();
    } else {
      room.whenComplete((done, error) -> requestNext());
    }
  }

  private void requestNext() {
    Flow.Subscription source = subscription;
    if (source == null || state.get() != 0) {
      return;
    }
    try {
      source.request(1);
    } catch (RuntimeException | Error e) { // no item follows that could end the stream
      cancelSubscription();
      onError(e);
    }
  }

  @Override
  public void onError(Throwable error) {
    if (isCancelled()) {
      end(null);
      return;
    }
    end(describe(ClientErrors.unwrap(error)));
  }

  private String describe(Throwable real) {
    try {
      log(real);
      return call.owner().hub().errors().streamingFailed(real);
    } catch (RuntimeException | Error e) { // not even its text can be had
      LOG.error("A failure of stream {} cannot be told: {}", invocationId, real.getClass(), e);
      return ClientErrors.STREAMING_FAILED;
    }
  }

  private void log(Throwable real) {
    LOG.warn(
        "The stream of {}.{} failed for connection {}",
        call.owner().hub().hubClass().getName(),
        call.method().javaName(),
        call.owner().caller().client().connectionId(),
        real);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  /** Whether nobody wants the stream any more. */
  boolean isCancelled() {
    return (state.get() & CANCELLED) != 0;
  }

  /** Nobody wants more items. */
  void cancel() {
    int before = state.getAndUpdate(bits -> bits | CANCELLED);
    cancelSubscription();
    if (before == 0 && subscription != null) {
      end(null);
    }
  }

  private void cancelSubscription() {
    Flow.Subscription source = subscription;
    if (source == null) {
      return;
    }
    try {
      source.cancel();
    } catch (RuntimeException | Error e) { // other calls may be cancelled after this one
      LOG.warn("The publisher of stream {} cannot be cancelled", invocationId, e);
    }
  }

  /**
   * Ends the stream if it has not ended.
   *
   * @param error what the client is told; null for the ordinary end
   */
  void end(@Nullable String error) {
    int before = state.getAndUpdate(bits -> bits | ENDED);
    if ((before & ENDED) == 0) {
      call.finish(error);
    }
  }
}
