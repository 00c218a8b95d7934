package io.hubbub.internal.dispatch;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of items that a client uploads, between the reader and the one subscriber in the hub
 * method. Items that the subscriber has not asked for are kept up to a limit; the one that passes
 * it is kept, too, but leaves the reader's demand open until there is room.
 *
 * <p>What has been kept still reaches the subscriber after the end, whichever end it was. A client
 * that sends null as an item makes {@code onNext(null)}.
 *
 * <p>Threads: {@link #offer} from the receive callback, all else from any. Signals reach the
 * subscriber one at a time, on the hub executor, or at once if it is a {@link DirectSubscriber}.
 */
final class Upload implements Flow.Publisher<Object>, Flow.Subscription, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
  private static final Object NULL = new Object();

  private final String id;
  private final Type itemType;
  private final int capacity;
  private final Executor executor;

  // All guarded by this.
  private final ArrayDeque<Object> kept = new ArrayDeque<>(4);
  private @Nullable CompletableFuture<Void> reader; // the demand, open while kept is over its limit
  private Flow.@Nullable Subscriber<? super Object> subscriber;
  private long requested;
  private boolean draining;
  private boolean ended;
  private boolean finished; // the subscriber has had its last signal, or wants none
  private @Nullable Throwable failure;

  Upload(String id, Type itemType, int capacity, Executor executor) {
    this.id = id;
    this.itemType = itemType;
    this.capacity = capacity;
    this.executor = executor;
  }

  /** The stream's id. */
  String id() {
    return id;
  }

  /** The type of its items. */
  Type itemType() {
    return itemType;
  }

  /**
   * The client has sent an item.
   *
   * @return the demand
   */
  CompletionStage<Void> offer(@Nullable Object item) {
    CompletionStage<Void> demand = HubCalls.READY;
    synchronized (this) {
      if (ended || finished) {
        return demand;
      }
      kept.add(item == null ? NULL : item);
      if (kept.size() > capacity) {
        reader = new CompletableFuture<>();
        demand = reader;
      }
    }
    drainSoon();
    return demand;
  }

  /**
   * Nothing follows.
   *
   * @param cause what ended it; null when it ended in order
   */
  void end(@Nullable Throwable cause) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      failure = cause;
      waiting = reader;
      reader = null;
    }
    release(waiting);
    drainSoon();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> wanted) {
    boolean first;
    synchronized (this) {
      first = subscriber == null;
      if (first) {
        subscriber = wanted;
        draining = true; // no signal before onSubscribe has returned
      }
    }
    if (!first) {
      refuse(wanted);
      return;
    }
    try {
      wanted.onSubscribe(this);
    } catch (RuntimeException | Error e) {
      cancel(); // nobody takes the items: the reader must not wait for it
      throw e;
    }
    synchronized (this) {
      draining = false;
    }
    drainSoon();
  }

  private static void refuse(Flow.Subscriber<? super Object> second) {
    second.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    second.onError(
        new IllegalStateException("Expected one subscriber of an upload, but this is the second"));
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      end(new IllegalArgumentException("Expected a demand of at least 1, but was " + n));
      return;
    }
    synchronized (this) {
      requested = requested + n < 0 ? Long.MAX_VALUE : requested + n;
    }
    drainSoon();
  }

  @Override
  public void cancel() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      finished = true;
      kept.clear();
      waiting = reader;
      reader = null;
    }
    release(waiting);
  }

  private void drainSoon() {
    boolean direct;
    synchronized (this) {
      if (draining || !hasSignal()) {
        return;
      }
      draining = true;
      direct = subscriber instanceof DirectSubscriber;
    }
    if (direct) {
      run();
      return;
    }
    try {
      executor.execute(this);
    } catch (RuntimeException | Error e) { // it refuses, or no thread can be made
      endHere(e);
    }
  }

  /** No thread brings the subscriber its items: it gets the last signal on this one. */
  private void endHere(Throwable cause) {
    Flow.Subscriber<? super Object> receiver;
    CompletableFuture<Void> waiting;
    synchronized (this) {
      receiver = subscriber;
      waiting = reader;
      reader = null;
      finished = true;
      failure = ended && kept.isEmpty() ? failure : cause; // who has all items has lost nothing
      ended = true;
      kept.clear();
    }
    release(waiting);
    if (receiver != null) {
      signal(receiver, null);
    }
  }

  // Called with the lock held.
  private boolean hasSignal() {
    if (subscriber == null || finished) {
      return false;
    }
    return kept.isEmpty() ? ended : requested > 0;
  }

  /** Brings the subscriber its signals; only {@link #drainSoon} starts it. */
  @Override
  public void run() {
    while (signalNext()) {
      // until nothing is there or nothing is wanted
    }
  }

  private boolean signalNext() {
    Flow.Subscriber<? super Object> receiver;
    Object item;
    CompletableFuture<Void> waiting = null;
    synchronized (this) {
      receiver = subscriber;
      if (receiver == null || !hasSignal()) {
        draining = false;
        return false;
      }
      item = kept.poll();
      if (item == null) {
        finished = true;
      } else {
        requested--;
        waiting = kept.size() <= capacity ? reader : null;
        reader = waiting == null ? reader : null;
      }
    }
    release(waiting);
    signal(receiver, item);
    return true;
  }

  private void signal(Flow.Subscriber<? super Object> receiver, @Nullable Object item) {
    try {
      if (item != null) {
        receiver.onNext(item == NULL ? null : item);
      } else {
        signalEnd(receiver);
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("The subscriber of upload {} failed; it gets nothing more", id, e);
      cancel();
    }
  }

  private void signalEnd(Flow.Subscriber<? super Object> receiver) {
    Throwable cause;
    synchronized (this) {
      cause = failure;
    }
    if (cause == null) {
      receiver.onComplete();
    } else {
      receiver.onError(cause);
    }
  }

  /**
   * Lets the reader go on, perhaps on this thread, which may be the hub method's own: an interrupt
   * that is meant for the method must not reach the reader's I/O.
   */
  private static void release(@Nullable CompletableFuture<Void> waiting) {
    if (waiting == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      waiting.complete(null);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
