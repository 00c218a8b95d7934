package io.hubbub.interop.client;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A list of items, nulls included, as a stream that ends well or in an error.
 *
 * <p>Threads: items are handed over on the thread that asks for them.
 */
final class ItemSource implements Flow.Publisher<Object> {
  private final List<@Nullable Object> items;
  private final @Nullable String error;

  ItemSource(List<@Nullable Object> items, @Nullable String error) {
    this.items = items;
    this.error = error;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(new Subscription(subscriber));
  }

  /** Hands items over as they are asked for; demand from within an item waits for its turn. */
  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super Object> subscriber;
    private final Iterator<@Nullable Object> rest = items.iterator();

    // Guarded by this.
    private long demand;
    private boolean emitting;
    private boolean ended;

    Subscription(Flow.Subscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public synchronized void cancel() {
      ended = true;
    }

    @Override
    public synchronized void request(long count) {
      demand += count;
      if (emitting) {
        return;
      }
      emitting = true;
      while (!ended && demand > 0 && rest.hasNext()) {
        demand--;
        next(rest.next());
      }
      emitting = false;
      if (!ended && !rest.hasNext()) {
        ended = true;
        end();
      }
    }

    @SuppressWarnings("NullAway") // the wire knows null items
    private void next(@Nullable Object item) {
      subscriber.onNext(item);
    }

    private void end() {
      if (error == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(new IllegalStateException(error));
      }
    }
  }
}
