package io.hubbub.internal.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a piece of application code that nobody needs any more, if it runs on a virtual
 * thread. Pool threads are spared: an interrupt could reach what they run next.
 *
 * <p>Threads: {@link #begin} and {@link #end} on the thread that runs the code, {@link #interrupt}
 * from any.
 */
final class Interruption {
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

  private final Predicate<Thread> mayBeInterrupted;
  private @Nullable Thread runner; // guarded by this
  private boolean requested; // guarded by this

  Interruption() {
    this(Interruption::isVirtual);
  }

  /**
   * @param mayBeInterrupted whether a thread may be interrupted
   */
  Interruption(Predicate<Thread> mayBeInterrupted) {
    this.mayBeInterrupted = mayBeInterrupted;
  }

  /** The code begins; it begins interrupted if that was asked before. */
  void begin() {
    Thread current = Thread.currentThread();
    if (!mayBeInterrupted.test(current)) {
      return;
    }
    synchronized (this) {
      runner = current;
      if (requested) {
        current.interrupt();
      }
    }
  }

  /** The code has ended; the thread is clean again. */
  void end() {
    synchronized (this) {
      if (runner == null) {
        return;
      }
      runner = null;
    }
    Thread.interrupted();
  }

  /** Interrupts the code now, or when it begins. */
  synchronized void interrupt() {
    requested = true;
    if (runner != null) {
      runner.interrupt();
    }
  }

  private static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new IllegalStateException("Thread.isVirtual failed", e);
    }
  }

  private static @Nullable MethodHandle isVirtualHandle() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null; // Java 17: there are none
    }
  }
}
