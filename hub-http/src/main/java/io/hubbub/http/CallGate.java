package io.hubbub.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets calls into a receiver pass, and makes the few that must be alone (the client is back, the
 * connection has ended) wait until no other runs. Costs two atomic operations a call.
 *
 * <p>Threads: any.
 */
final class CallGate {
  private static final Logger log = LoggerFactory.getLogger(CallGate.class);
  private static final int BLOCKED = Integer.MIN_VALUE;

  private static final AtomicIntegerFieldUpdater<CallGate> STATE =
      AtomicIntegerFieldUpdater.newUpdater(CallGate.class, "state");

  /** How many calls run, and the sign bit while something waits to be alone. */
  private volatile int state;

  /** Guarded by itself. */
  private final Queue<Runnable> alone = new ArrayDeque<>(1);

  // Guarded by alone.
  private final Queue<Runnable> afterwards = new ArrayDeque<>(1);
  private boolean closed;

  /** Whether a call may start; if so, {@link #exit} must follow. */
  boolean enter() {
    for (; ; ) {
      int now = state;
      if (now < 0) {
        return false;
      }
      if (STATE.compareAndSet(this, now, now + 1)) {
        return true;
      }
    }
  }

  /** A call has returned. Runs what waited for it. */
  void exit() {
    if (STATE.decrementAndGet(this) == BLOCKED) {
      runAlone();
    }
  }

  /**
   * Makes a call now, or in its turn where something waits to be alone; never after the end. It
   * must not block a gate that has opened meanwhile: what calls find it blocked is lost, and only a
   * client that is back sends its bytes again.
   */
  void call(Runnable call) {
    while (!enter()) {
      if (whenBlocked(call)) {
        return;
      }
    }
    try {
      call.run();
    } finally {
      exit();
    }
  }

  /**
   * Leaves an action to the thread that runs what waits to be alone, if anything does.
   *
   * @return whether the action is seen to; it never runs after the end
   */
  boolean whenBlocked(Runnable action) {
    synchronized (alone) {
      if (state >= 0) {
        return false;
      }
      if (!closed) {
        alone.add(action);
      }
      return true;
    }
  }

  /**
   * Runs an action when no call runs, at once or in the thread whose call is the last, and then
   * another one, when calls pass again; neither after the end.
   */
  void whenQuiet(Runnable action, Runnable next) {
    boolean quiet;
    synchronized (alone) {
      if (closed) {
        return;
      }
      alone.add(action);
      afterwards.add(next);
      quiet = block();
    }
    if (quiet) {
      runAlone();
    }
  }

  /** Runs a last action when no call runs; no call and no action passes afterwards. */
  void closeWhenQuiet(Runnable last) {
    boolean quiet;
    synchronized (alone) {
      if (closed) {
        return;
      }
      closed = true;
      alone.add(last);
      quiet = block();
    }
    if (quiet) {
      runAlone();
    }
  }

  /**
   * Lets no further call pass. Called with the lock held: whoever runs the actions lets them pass
   * again only when it has seen all that are there, or one that it has run already would block.
   *
   * @return whether no call runs, so that the actions are the caller's to run
   */
  private boolean block() {
    return STATE.getAndUpdate(this, now -> now | BLOCKED) == 0;
  }

  private void runAlone() {
    List<Runnable> after = new ArrayList<>();
    for (Runnable next = next(after); next != null; next = next(after)) {
      run(next);
    }
    after.forEach(CallGate::run);
  }

  /** What one of them throws must not leave the gate closed and the others waiting. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error failure) {
      log.error("A connection could not be told what has happened to it", failure);
    }
  }

  private @Nullable Runnable next(List<Runnable> after) {
    synchronized (alone) {
      Runnable next = alone.poll();
      if (next == null) {
        after.addAll(afterwards);
        afterwards.clear();
        if (!closed) {
          state = 0;
        }
      }
      return next;
    }
  }
}
