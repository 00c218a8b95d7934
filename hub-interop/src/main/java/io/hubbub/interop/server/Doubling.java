package io.hubbub.interop.server;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Passes every number on, doubled. Threads: the publisher's. */
record Doubling(Subscriber<? super Integer> target) implements Subscriber<Integer> {
  @Override
  public void onSubscribe(Subscription subscription) {
    target.onSubscribe(subscription);
  }

  @Override
  public void onNext(Integer number) {
    target.onNext(number * 2);
  }

  @Override
  public void onError(Throwable cause) {
    target.onError(cause);
  }

  @Override
  public void onComplete() {
    target.onComplete();
  }
}
