package io.hubbub.internal.connection;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Makes the executors of hubs: a virtual thread for each task where the JVM has them (21 and
 * later), else a bounded pool of daemon threads. What waits for the pool is bounded by the
 * connections and their limits for calls and streams.
 *
 * <p>Threads: any.
 */
public final class HubExecutor {
  private static final int SMALLEST_POOL = 32;
  private static final int THREADS_PER_PROCESSOR = 16;
  private static final long IDLE_SECONDS = 30;

  private HubExecutor() {}

  /**
   * Runs the hub methods of one {@code Hubs} if the application brings nothing; shut down by it.
   */
  public static ExecutorService forMethods() {
    return create("hubbub-hub-");
  }

  /**
   * Runs what follows a client's answer, and the end of connections, for one {@code Hubs}; shut
   * down by it. It is not the pool of hub methods, all of whose threads may be waiting for such
   * answers, and not the common one, which has a single thread on a machine of two processors and
   * is the application's to block.
   */
  public static ExecutorService forAnswers() {
    return create("hubbub-answers-");
  }

  private static ExecutorService create(String name) {
    return Runtime.version().feature() < 21 ? boundedPool(name) : virtualThreads();
  }

  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Expected virtual threads from Java 21 on", e);
    }
  }

  static ExecutorService boundedPool(String name) {
    int threads =
        Math.max(SMALLEST_POOL, THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    return new WorkerPool(name, threads, TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
  }
}
