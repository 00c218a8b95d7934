package io.hubbub.transport.jakarta;

import io.hubbub.spi.Scheduler;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * What all sockets share.
 *
 * @param scheduler time
 * @param virtualThreads runs each task on a thread of its own, where the JVM has cheap ones (21 and
 *     later)
 */
record SocketParts(Scheduler scheduler, Optional<Executor> virtualThreads) {
  static SocketParts of(Scheduler scheduler) {
    return new SocketParts(scheduler, findVirtualThreads());
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
}
