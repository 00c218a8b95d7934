package io.hubbub.client;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Asks for some items and ignores what it is not told to care for. */
class TestSubscriber<T> implements Flow.Subscriber<T> {
  private final Consumer<Flow.Subscription> onSubscribe;
  private final long demand;

  TestSubscriber(Consumer<Flow.Subscription> onSubscribe, long demand) {
    this.onSubscribe = onSubscribe;
    this.demand = demand;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    if (demand > 0) {
      subscription.request(demand);
    }
    onSubscribe.accept(subscription);
  }

  @Override
  public void onNext(T item) {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}
}
