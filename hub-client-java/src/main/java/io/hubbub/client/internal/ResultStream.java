package io.hubbub.client.internal;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The stream of a hub method. The method is called when somebody subscribes, and anew for each
 * subscriber.
 *
 * <p>Threads: any.
 */
final class ResultStream<T> implements Flow.Publisher<T> {
  private final Consumer<Flow.Subscriber<? super T>> begin;

  ResultStream(Consumer<Flow.Subscriber<? super T>> begin) {
    this.begin = begin;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    begin.accept(subscriber);
  }

  /** Tells a subscriber that there is no stream, in the order that subscribers expect. */
  static void refuse(Flow.Subscriber<?> subscriber, Throwable error) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(error);
  }
}
