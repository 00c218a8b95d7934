package io.hubbub.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Admits so many calls of one connection at a time. The reader may hold one more, which waits here
 * with the demand left open: everything that the client sent behind it waits, too, and calls start
 * in the order of their arrival. A call that runs on the reader's own thread when it needs not wait
 * keeps the reader waiting until it has run, so that it answers before what came behind it.
 *
 * <p>Threads: {@link #enter} from the receive callback; {@link #leave} from any.
 */
final class InvocationGate {
  private final int limit;
  private int running; // guarded by this
  private @Nullable PlainCall waiting; // guarded by this
  private @Nullable CompletableFuture<Void> demand; // guarded by this; there while one waits

  InvocationGate(int limit) {
    this.limit = limit;
  }

  /**
   * Asks for a slot.
   *
   * @return null when the call has its slot; else the demand, done when it has been started
   */
  synchronized @Nullable CompletableFuture<Void> enter(PlainCall call) {
    if (running < limit) {
      running++;
      return null;
    }
    waiting = call;
    demand = new CompletableFuture<>();
    return demand;
  }

  /**
   * Gives a slot back and lets the reader go on if it waited for one, at once or when the next call
   * has run.
   *
   * @return the call that has the slot now and is to be run; null when none waited
   */
  @Nullable PlainCall leave() {
    PlainCall next;
    CompletableFuture<Void> reader;
    synchronized (this) {
      next = waiting;
      reader = demand;
      waiting = null;
      demand = null;
      if (next == null) {
        running--;
      }
    }
    if (next != null && next.method().isNonBlocking()) {
      next.holdReader(reader);
    } else if (reader != null) {
      reader.complete(null);
    }
    return next;
  }
}
