package io.hubbub.internal.delivery.backplane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short tasks one after the other, in the order in which they came, without a thread of its
 * own and without a lock: whoever finds it idle runs what is there.
 *
 * <p>Threads: any; tasks see each other's writes.
 */
final class SerialQueue {
  private static final Logger log = LoggerFactory.getLogger(SerialQueue.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  void run(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        runSafely(next);
      }
    } while (waiting.decrementAndGet() != 0);
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) { // the tasks that wait must run
      log.error("A change of the backplane's subscriptions failed", e);
    }
  }
}
