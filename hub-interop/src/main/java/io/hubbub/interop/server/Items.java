package io.hubbub.interop.server;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A stream of given items, with a pause before each and, if wanted, a failure after the last. */
final class Items<T> implements Publisher<T> {
  private final List<T> items;
  private final int millis;
  private final @Nullable RuntimeException failure;

  private Items(List<T> items, int millis, @Nullable RuntimeException failure) {
    this.items = items;
    this.millis = millis;
    this.failure = failure;
  }

  static <T> Items<T> of(List<T> items) {
    return new Items<>(items, 0, null);
  }

  Items<T> every(int newMillis) {
    return new Items<>(items, newMillis, failure);
  }

  Items<T> failingWith(RuntimeException newFailure) {
    return new Items<>(items, millis, newFailure);
  }

  @Override
  public void subscribe(Subscriber<? super T> subscriber) {
    Running running = new Running(subscriber);
    subscriber.onSubscribe(running);
    running.drain();
  }

  /** One subscription. Threads: whoever finds nobody handing items on does it. */
  private final class Running implements Subscription {
    private final Subscriber<? super T> subscriber;

    /** Guarded by {@link #asked}, as what it gives. */
    private final Iterator<T> rest = items.iterator();

    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);

    /** Whether the pause before the next item is over, or there is none. */
    private volatile boolean due = !paused();

    /** Whether that pause runs. Guarded by {@link #asked}. */
    private boolean pausing;

    private volatile boolean over;

    /** What fails is no list that is at hand, so its items come later, too. */
    private boolean paused() {
      return millis > 0 || failure != null;
    }

    Running(Subscriber<? super T> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      drain();
    }

    @Override
    public void cancel() {
      over = true;
    }

    void drain() {
      if (asked.getAndIncrement() == 0) {
        int seen = 1;
        do {
          handOn();
          seen = asked.addAndGet(-seen);
        } while (seen != 0);
      }
    }

    private void handOn() {
      while (!over) {
        if (!rest.hasNext()) {
          end();
        } else if (demand.get() == 0) {
          return;
        } else if (due) {
          due = !paused();
          pausing = false;
          demand.decrementAndGet();
          subscriber.onNext(rest.next());
        } else {
          pause();
          return;
        }
      }
    }

    private void pause() {
      if (!pausing) {
        pausing = true;
        later.execute(
            () -> {
              due = true;
              drain();
            });
      }
    }

    private void end() {
      over = true;
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
    }
  }
}
