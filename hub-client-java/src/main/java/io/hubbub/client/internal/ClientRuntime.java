package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.TransportRuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of a process share, so that threads do not grow with connections: a timer, a
 * heartbeat, a few workers for what may block inside the client, and a pool for callbacks, which
 * grows only while callbacks wait for futures.
 *
 * <p>Threads: any.
 */
public final class ClientRuntime {
  private static final long IDLE_SECONDS = 10;

  /** Connects, token providers and reconnects at the same time. */
  private static final int WORKERS = 16;

  /** Callbacks that wait for futures at the same time. */
  private static final int MOST_THREADS = 256;

  private final ClientTimer timer;
  private final Heartbeat heartbeat;
  private final TransportRuntime transports;
  private final Executor callbacks;

  /**
   * @param timer the time to use
   * @param workers runs what may block
   * @param callbacks runs the application's code where it gave no executor
   */
  public ClientRuntime(ClientTimer timer, Executor workers, Executor callbacks) {
    this.timer = timer;
    this.callbacks = callbacks;
    this.heartbeat = new Heartbeat(timer);
    this.transports = new TransportRuntime(workers);
  }

  /** The one of this process. */
  public static ClientRuntime shared() {
    return Shared.RUNTIME;
  }

  /** Runs what may block. */
  public Executor workers() {
    return transports.workers();
  }

  /** Runs the application's code where it gave no executor of its own. */
  public Executor callbacks() {
    return callbacks;
  }

  /** The application's executor; what it refuses runs here. */
  public Executor callbacksOn(Executor application) {
    return new CallbackExecutor(application, callbacks);
  }

  ClientTimer timer() {
    return timer;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  TransportRuntime transports() {
    return transports;
  }

  /** As many threads as can run at once; more while some wait for a future. */
  private static Executor newCallbacks() {
    int parallelism = Math.max(4, Runtime.getRuntime().availableProcessors());
    return new ForkJoinPool(
        parallelism,
        ClientRuntime::newCallbackThread,
        null,
        true,
        0,
        MOST_THREADS,
        1,
        null,
        IDLE_SECONDS,
        TimeUnit.SECONDS);
  }

  private static ForkJoinWorkerThread newCallbackThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("hubbub-client-callback-" + thread.getPoolIndex());
    return thread;
  }

  private static Executor newWorkers() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            action -> {
              Thread thread = new Thread(action, "hubbub-client-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /** Made on first use. */
  private static final class Shared {
    static final ClientRuntime RUNTIME =
        new ClientRuntime(new SharedTimer(), newWorkers(), newCallbacks());
  }
}
