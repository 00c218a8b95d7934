package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.TransportRuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of a process share, so that threads do not grow with connections: a timer, a
 * heartbeat, and workers for whatever may block. Workers come and go; as many live as calls of the
 * application block at once.
 *
 * <p>Threads: any.
 */
public final class ClientRuntime {
  private static final long IDLE_SECONDS = 10;

  private final ClientTimer timer;
  private final Heartbeat heartbeat;
  private final TransportRuntime transports;

  /**
   * @param timer the time to use
   * @param workers runs what may block
   */
  public ClientRuntime(ClientTimer timer, Executor workers) {
    this.timer = timer;
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

  ClientTimer timer() {
    return timer;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  TransportRuntime transports() {
    return transports;
  }

  private static Executor newWorkers() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        action -> {
          Thread thread = new Thread(action, "hubbub-client-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Made on first use. */
  private static final class Shared {
    static final ClientRuntime RUNTIME = new ClientRuntime(new SharedTimer(), newWorkers());
  }
}
