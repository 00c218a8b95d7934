package io.hubbub.client.internal;

import io.hubbub.client.InvocationFailedException;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running stream of the server and its subscriber. The wire knows no back-pressure, so items
 * wait here until they are asked for, up to a limit; past it the stream is given up.
 *
 * <p>Threads: items come on the receive callback, demand from anywhere; the subscriber is called on
 * the callback executor, one call at a time.
 */
final class StreamCall implements PendingCall, Flow.Subscription {
  private static final Object NULL = new Object();
  private static final Logger log = LoggerFactory.getLogger(StreamCall.class);

  private final String target;
  private final Type itemType;
  private final Flow.Subscriber<Object> subscriber;
  private final Executor callbacks;
  private final int limit;
  private final Runnable cancelOnServer;

  /** Deliveries asked for; the first one is {@link #begin}'s. */
  private final AtomicInteger drains = new AtomicInteger(1);

  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<Object> items = new ArrayDeque<>();
  private long demand;
  private boolean ended;
  private @Nullable Throwable error;

  /** Set once: nothing is told to the subscriber afterwards. */
  private volatile boolean silent;

  /**
   * @param cancelOnServer tells the server that nobody listens any more, and forgets this call
   */
  @SuppressWarnings("unchecked") // the protocol makes the items of the subscriber's type
  StreamCall(StreamRequest request, Flow.Subscriber<?> subscriber, Runnable cancelOnServer) {
    this.target = request.target();
    this.itemType = request.itemType();
    this.callbacks = request.callbacks();
    this.limit = request.limit();
    this.subscriber = (Flow.Subscriber<Object>) subscriber;
    this.cancelOnServer = cancelOnServer;
  }

  /** What does not change from one subscriber to the next. */
  record StreamRequest(String target, Type itemType, Executor callbacks, int limit) {}

  /** Tells the subscriber of its subscription, and only then of what has come meanwhile. */
  void begin() {
    subscriber.onSubscribe(this);
    if (drains.decrementAndGet() != 0) {
      callbacks.execute(this::deliver);
    }
  }

  @Override
  public @Nullable Type resultType() {
    return null;
  }

  @Override
  public Type itemType() {
    return itemType;
  }

  @Override
  public void onItem(@Nullable Object item) {
    boolean full;
    synchronized (lock) {
      if (ended) {
        return;
      }
      full = items.size() >= limit;
      if (full) {
        end(new IllegalStateException(tooSlow()));
      } else {
        items.add(Objects.requireNonNullElse(item, NULL));
      }
    }
    if (full) {
      cancelOnServer.run();
    }
    drain();
  }

  private String tooSlow() {
    return "The subscriber of stream '"
        + target
        + "' has not asked for "
        + limit
        + " items that came (streamBufferItems).";
  }

  @Override
  public void onCompletion(CompletionMessage completion) {
    String text = Failures.said(completion.error());
    synchronized (lock) {
      end(text == null ? null : new InvocationFailedException(target, text));
    }
    drain();
  }

  @Override
  public void onConnectionLost(Throwable reason) {
    synchronized (lock) {
      end(reason);
    }
    drain();
  }

  // Called with the lock held.
  private void end(@Nullable Throwable reason) {
    if (!ended) {
      ended = true;
      error = reason;
    }
  }

  @Override
  public void request(long count) {
    synchronized (lock) {
      if (count <= 0) {
        items.clear();
        end(new IllegalArgumentException("Expected a demand above 0, but got " + count));
      } else {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      }
    }
    if (count <= 0) {
      cancelOnServer.run();
    }
    drain();
  }

  @Override
  public void cancel() {
    if (silent) {
      return;
    }
    silent = true;
    boolean running;
    synchronized (lock) {
      running = !ended;
      ended = true;
      items.clear();
    }
    if (running) {
      cancelOnServer.run();
    }
  }

  private void drain() {
    if (drains.getAndIncrement() == 0) {
      callbacks.execute(this::deliver);
    }
  }

  private void deliver() {
    int seen = drains.get();
    do {
      while (deliverOne()) {
        // one after the other, until nothing waits or nothing is wanted
      }
      seen = drains.addAndGet(-seen);
    } while (seen != 0);
  }

  private boolean deliverOne() {
    Object item;
    Throwable reason;
    synchronized (lock) {
      if (silent) {
        return false;
      }
      item = demand > 0 ? items.poll() : null;
      if (item == null && !(ended && items.isEmpty())) {
        return false;
      }
      demand -= item == null ? 0 : 1;
      reason = error;
    }
    if (item != null) {
      return next(item);
    }
    silent = true;
    if (reason == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(reason);
    }
    return false;
  }

  @SuppressWarnings("NullAway") // a server may stream nulls, and dropping them would be worse
  private boolean next(Object item) {
    try {
      subscriber.onNext(item == NULL ? null : item);
      return true;
    } catch (RuntimeException e) {
      log.warn("The subscriber of stream '{}' failed: the stream is canceled", target, e);
      cancel();
      return false;
    }
  }
}
