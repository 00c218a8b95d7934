package io.hubbub.interop.client;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Prints what a stream brings. Threads: as a subscriber; {@link #cancel} any. */
final class PrintedStream implements Flow.Subscriber<Object> {
  private final String id;
  private final DriverEvents events;
  private Flow.@Nullable Subscription subscription;

  PrintedStream(String id, DriverEvents events) {
    this.id = id;
    this.events = events;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(@Nullable Object item) {
    events.item(id, item);
  }

  @Override
  public void onError(Throwable error) {
    events.failed(id, error);
  }

  @Override
  public void onComplete() {
    events.completed(id);
  }

  void cancel() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }
}
