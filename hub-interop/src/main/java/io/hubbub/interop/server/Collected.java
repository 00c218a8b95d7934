package io.hubbub.interop.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** All items of a stream, when it has ended. Threads: the publisher's. */
final class Collected<T> implements Subscriber<T> {
  private final List<T> items = new ArrayList<>();
  private final CompletableFuture<List<T>> all = new CompletableFuture<>();

  private Collected() {}

  static <T> CompletableFuture<List<T>> of(Publisher<T> stream) {
    Collected<T> collected = new Collected<>();
    stream.subscribe(collected);
    return collected.all;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T item) {
    items.add(item);
  }

  @Override
  public void onError(Throwable cause) {
    all.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    all.complete(items);
  }
}
