package io.hubbub;

import io.hubbub.internal.dispatch.DirectSubscriber;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that is read like an iterator. Keeps a few items ahead of its reader.
 *
 * <p>Threads: signals from any thread, one at a time; read by one thread at a time.
 */
final class BlockingItems<T> implements DirectSubscriber<T>, Iterator<T> {
  private static final Object NULL = new Object();

  private final int ahead;

  /** Not the object's own monitor: a virtual thread that waits there would hold its carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  // All guarded by the lock.
  private final ArrayDeque<Object> kept = new ArrayDeque<>();
  private Flow.@Nullable Subscription subscription;
  private boolean ended;
  private @Nullable Throwable failure;

  BlockingItems(int ahead) {
    this.ahead = ahead;
  }

  @Override
  public void onSubscribe(Flow.Subscription offered) {
    boolean wanted;
    lock.lock();
    try {
      wanted = subscription == null && !ended;
      if (wanted) {
        subscription = offered;
      }
    } finally {
      lock.unlock();
    }
    if (wanted) {
      offered.request(ahead);
    } else {
      offered.cancel();
    }
  }

  @Override
  public void onNext(T item) {
    lock.lock();
    try {
      kept.add(item == null ? NULL : item);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(cause);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(@Nullable Throwable cause) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = cause;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wants no more items. */
  void cancel() {
    Flow.Subscription source;
    lock.lock();
    try {
      source = ended ? null : subscription;
      ended = true;
      kept.clear();
    } finally {
      lock.unlock();
    }
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return awaitItem();
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for an item");
    }
  }

  private boolean awaitItem() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (kept.isEmpty() && !ended) {
        changed.await();
      }
      if (kept.isEmpty()) {
        rethrow(failure);
      }
      return !kept.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private static void rethrow(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause != null) {
      throw new CompletionException(cause);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // a client may send null
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object item;
    Flow.Subscription source;
    lock.lock();
    try {
      item = kept.remove();
      source = subscription;
    } finally {
      lock.unlock();
    }
    if (source != null) {
      source.request(1);
    }
    return (T) (item == NULL ? null : item);
  }
}
