package io.hubbub.internal.dispatch;

import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what an iterator gives, one item per demand. The iterator may block: it is asked on the
 * executor, and interrupted there when the subscriber cancels (virtual threads only). For one
 * subscriber.
 *
 * <p>Threads: any.
 */
final class IteratorPublisher implements Flow.Publisher<Object>, Flow.Subscription, Runnable {
  private static final Runnable NOTHING = () -> {};

  private final Iterator<?> items;
  private final Runnable close;
  private final Executor executor;
  private final Interruption interruption = new Interruption();

  /** Unserved demand; whoever raises it from zero starts the one thread that serves it. */
  private final AtomicLong demand = new AtomicLong();

  private Flow.@Nullable Subscriber<? super Object> subscriber; // set once
  private volatile boolean cancelled;

  private IteratorPublisher(Iterator<?> items, Runnable close, Executor executor) {
    this.items = items;
    this.close = close;
    this.executor = executor;
  }

  static IteratorPublisher of(Iterator<?> items, Executor executor) {
    return new IteratorPublisher(items, NOTHING, executor);
  }

  /** Closes the stream at its end. */
  static IteratorPublisher of(BaseStream<?, ?> items, Executor executor) {
    return new IteratorPublisher(items.iterator(), items::close, executor);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> only) {
    subscriber = only;
    only.onSubscribe(this);
  }

  @Override
  public void request(long n) {
    if (demand.getAndAdd(n) == 0) {
      start();
    }
  }

  private void start() {
    try {
      executor.execute(this);
    } catch (RuntimeException | Error e) { // it refuses, or no thread can be made
      Flow.Subscriber<? super Object> receiver = subscriber;
      if (receiver != null) {
        fail(receiver, e); // the demand stays above zero: nothing starts this again
      }
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    interruption.interrupt();
    request(1); // so that the stream is closed
  }

  @Override
  public void run() {
    Flow.Subscriber<? super Object> receiver = subscriber;
    if (receiver == null) {
      return;
    }
    do {
      if (!step(receiver)) {
        return; // the demand stays above zero: nothing starts this again
      }
    } while (demand.decrementAndGet() > 0);
  }

  private boolean step(Flow.Subscriber<? super Object> receiver) {
    boolean more;
    Object item = null;
    interruption.begin();
    try {
      more = !cancelled && items.hasNext();
      if (more) {
        item = items.next();
      } else {
        close.run();
      }
    } catch (Throwable e) {
      interruption.end();
      fail(receiver, e);
      return false;
    }
    interruption.end();
    if (more) {
      receiver.onNext(item);
    } else {
      receiver.onComplete();
    }
    return more;
  }

  private void fail(Flow.Subscriber<? super Object> receiver, Throwable error) {
    try {
      close.run();
    } catch (RuntimeException | Error e) {
      if (e != error) { // nothing suppresses itself
        error.addSuppressed(e);
      }
    }
    receiver.onError(error);
  }
}
