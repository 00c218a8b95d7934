package io.hubbub.client.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions one after the other, in order, on the threads of another executor.
 *
 * <p>Threads: any.
 */
final class SerialExecutor implements Executor {
  /** After so many actions others of the underlying executor get their turn. */
  private static final int TURN = 256;

  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  private final Executor executor;
  private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  SerialExecutor(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable action) {
    actions.add(action);
    if (waiting.getAndIncrement() == 0) {
      executor.execute(this::run);
    }
  }

  /** How many actions wait or run. */
  int size() {
    return waiting.get();
  }

  private void run() {
    for (int i = 0; i < TURN; i++) {
      Runnable action = actions.poll();
      if (action == null) {
        // Its owner has counted it but not yet seen it added: cannot be, add comes first.
        return;
      }
      runOne(action);
      if (waiting.decrementAndGet() == 0) {
        return;
      }
    }
    executor.execute(this::run);
  }

  private static void runOne(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      log.warn("A callback of the application failed", e);
    }
  }
}
