package io.hubbub.transport.jakarta;

import io.hubbub.spi.Scheduler;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What all sockets share.
 *
 * @param scheduler time
 * @param virtualThreads runs each task on a thread of its own, where the JVM has cheap ones (21 and
 *     later)
 * @param patient runs what may wait for the network: those, or a few daemon threads that end when
 *     they are idle
 */
record SocketParts(Scheduler scheduler, Optional<Executor> virtualThreads, Executor patient) {
  private static final int PATIENT_THREADS = 16;
  private static final long IDLE_SECONDS = 10;

  static SocketParts of(Scheduler scheduler) {
    Optional<Executor> virtualThreads = findVirtualThreads();
    return new SocketParts(
        scheduler, virtualThreads, virtualThreads.orElseGet(SocketParts::patientThreads));
  }

  private static Optional<Executor> findVirtualThreads() {
    try {
      // By name, because this is compiled for 17.
      return Optional.of(
          (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    } catch (NoSuchMethodException older) {
      return Optional.empty();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Expected virtual threads on Java 21 and later", e);
    }
  }

  /** Not the JVM's common pool, which the application may block and which it shares. */
  private static Executor patientThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            PATIENT_THREADS,
            PATIENT_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hubbub-socket-close");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
