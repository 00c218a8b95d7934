package io.hubbub.interop.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * All items of a stream, or the first few.
 *
 * <p>Threads: as a subscriber.
 */
final class Collected<T> implements Flow.Subscriber<T> {
  private final int limit;
  private final List<T> items = new ArrayList<>();
  private final CompletableFuture<List<T>> done = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private Collected(int limit) {
    this.limit = limit;
  }

  static <T> CompletableFuture<List<T>> all(Flow.Publisher<T> stream) {
    return first(Integer.MAX_VALUE, stream);
  }

  /** Takes so many items and cancels. */
  static <T> CompletableFuture<List<T>> first(int limit, Flow.Publisher<T> stream) {
    Collected<T> collected = new Collected<>(limit);
    stream.subscribe(collected);
    return collected.done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(T item) {
    items.add(item);
    Flow.Subscription known = subscription;
    if (known == null) {
      return;
    }
    if (items.size() >= limit) {
      known.cancel();
      done.complete(items);
    } else {
      known.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    done.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    done.complete(items);
  }
}
