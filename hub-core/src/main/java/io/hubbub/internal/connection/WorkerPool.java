package io.hubbub.internal.connection;

import io.hubbub.spi.BurstExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of daemon threads for many short tasks, any of which may block.
 *
 * <p><b>Waking.</b> To wake a thread costs more than most hub methods, so at most one idle thread
 * is being woken at a time: the one that holds the searcher's place. Whoever adds a task while the
 * place is taken wakes nobody. The searcher takes a task and gives its place back, and if there is
 * more to do it wakes the next one first, so that its own task may block. So as long as anything
 * waits, the place is taken or all threads are busy; a burst of short tasks is done by one or two
 * threads, and a burst of blocking ones gets as many as there are.
 *
 * <p><b>No task is forgotten.</b> A task is added before its owner looks at the place, and a worker
 * is among the idle ones before it looks at the tasks for the last time; so one of the two sees the
 * other. Who gives the place back because it found nobody looks once more, too.
 *
 * <p>Threads: any.
 */
final class WorkerPool extends AbstractExecutorService implements BurstExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** How often a searcher lets others run before it sleeps: work often comes right then. */
  private static final int YIELDS = 2;

  /** After so many tasks a burst wakes somebody before its end. */
  private static final int BURST = 32;

  private final ThreadFactory factory;
  private final int maxThreads;
  private final long idleNanos;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Sleeping workers, the latest first: its caches are the warmest. */
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger threads = new AtomicInteger();

  /** The searcher's place. */
  private final AtomicBoolean searching = new AtomicBoolean();

  private final ThreadLocal<Burst> bursts = ThreadLocal.withInitial(Burst::new);

  /** Bursts open: their threads look after what waits when they end, so workers need not. */
  private final AtomicInteger guards = new AtomicInteger();

  private final CountDownLatch terminated = new CountDownLatch(1);
  private volatile boolean shutdown;

  /**
   * @param name what its threads' names begin with
   * @param maxThreads at most so many tasks run at a time
   * @param idleNanos after so long without work a thread ends
   */
  WorkerPool(String name, int maxThreads, long idleNanos) {
    this(daemons(name), maxThreads, idleNanos);
  }

  WorkerPool(ThreadFactory factory, int maxThreads, long idleNanos) {
    this.factory = factory;
    this.maxThreads = maxThreads;
    this.idleNanos = idleNanos;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return worker -> {
      Thread thread = new Thread(worker, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException("Expected the pool to be open, but it is shut down");
    }
    tasks.add(task);
    Burst burst = bursts.get();
    if (!burst.open || ++burst.size == BURST) {
      wakeOne();
    }
  }

  @Override
  public void beginBurst() {
    Burst burst = bursts.get();
    if (!burst.open) {
      burst.open = true;
      burst.size = 0;
      guards.incrementAndGet();
    }
  }

  @Override
  public void endBurst() {
    Burst burst = bursts.get();
    if (!burst.open) {
      return;
    }
    burst.open = false;
    if (!tasks.isEmpty()) {
      wakeOne();
      Thread.yield();
    }
    guards.decrementAndGet();
    if (!tasks.isEmpty()) {
      wakeOne();
    }
  }

  /** Gives the searcher's place to an idle or a new thread, if it is free. */
  private void wakeOne() {
    while (!searching.get() && searching.compareAndSet(false, true)) {
      Worker sleeper = idle.poll();
      if (sleeper != null) {
        sleeper.wake();
        return;
      }
      if (startThread()) {
        return;
      }
      searching.set(false);
      // All were busy: each looks for the next task when its own is done. One that did so before
      // this task came, and found the place taken, sleeps by now or has ended.
      if (tasks.isEmpty() || (idle.isEmpty() && threads.get() >= maxThreads)) {
        return;
      }
    }
  }

  private boolean startThread() {
    int running = threads.get();
    while (running < maxThreads) {
      if (threads.compareAndSet(running, running + 1)) {
        start(new Worker());
        return true;
      }
      running = threads.get();
    }
    return false;
  }

  private void start(Worker worker) {
    workers.add(worker);
    try {
      worker.thread.start();
    } catch (OutOfMemoryError noThread) {
      // The system has no more of them just now: those that there are do what waits.
      LOG.error("A thread of the hub executor could not be started", noThread);
      workers.remove(worker);
      threads.decrementAndGet();
      searching.set(false);
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
    workers.forEach(Worker::wakeToEnd);
    endIfEmpty();
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> dropped = new ArrayList<>();
    shutdown = true;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      dropped.add(task);
    }
    workers.forEach(worker -> worker.thread.interrupt());
    shutdown();
    return Collections.unmodifiableList(dropped);
  }

  private void endIfEmpty() {
    if (shutdown && threads.get() == 0) {
      terminated.countDown();
    }
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return terminated.await(timeout, unit);
  }

  /** What a thread adds together. Threads: that one. */
  private static final class Burst {
    boolean open;
    int size;
  }

  /** One thread. Threads: {@link #wake} any, the rest its own. */
  private final class Worker implements Runnable {
    final Thread thread = factory.newThread(this);

    /** Set by who has taken this from the idle ones; reset by the worker. */
    private volatile boolean awake;

    /** It has the searcher's place. */
    private boolean searcher = true;

    void wake() {
      awake = true;
      LockSupport.unpark(thread);
    }

    void wakeToEnd() {
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      for (Runnable task = next(); task != null; task = next()) {
        try {
          task.run();
        } catch (Throwable failure) {
          LOG.error("A task of the hub executor failed", failure);
        }
        if (!shutdown) {
          // What interrupted that task must not interrupt the next one.
          Thread.interrupted();
        }
      }
      workers.remove(this);
      threads.decrementAndGet();
      // Whoever added a task while this thread still counted may have found no other.
      if (!tasks.isEmpty()) {
        wakeOne();
      }
      endIfEmpty();
    }

    /** The next task; null when this thread is to end. */
    private @Nullable Runnable next() {
      while (true) {
        Runnable task = tasks.poll();
        if (task == null && mayStaySearching()) {
          task = search();
        }
        if (task != null) {
          leaveSearch();
          return task;
        }
        if (!sleep()) {
          return null;
        }
      }
    }

    private boolean mayStaySearching() {
      if (!searcher) {
        searcher = searching.compareAndSet(false, true);
      }
      return searcher;
    }

    private @Nullable Runnable search() {
      Runnable task = null;
      for (int i = 0; task == null && i < YIELDS; i++) {
        Thread.yield();
        task = tasks.poll();
      }
      return task;
    }

    /** Leaves the searcher's place, if it is this one's; to a next one if there is more to do. */
    private void leaveSearch() {
      if (searcher) {
        searcher = false;
        searching.set(false);
        wakeNext();
      }
    }

    private void wakeNext() {
      if (!tasks.isEmpty() && guards.get() == 0) {
        wakeOne();
      }
    }

    /** Sleeps until there may be work; answers whether to go on. */
    private boolean sleep() {
      awake = false;
      idle.push(this);
      if (searcher) {
        leaveSearch();
      } else {
        // Whoever had the place may have looked for an idle thread just before.
        wakeNext();
      }
      boolean timely = true;
      while (!awake && timely && !shutdown) {
        long start = System.nanoTime();
        LockSupport.parkNanos(this, idleNanos);
        timely = System.nanoTime() - start < idleNanos;
        // A method that swallowed its interruption must not keep this thread from sleeping.
        Thread.interrupted();
      }
      if (!awake && idle.remove(this)) {
        return shutdown && !tasks.isEmpty();
      }
      awaitWake();
      searcher = true;
      return true;
    }

    /** Somebody has taken this from the idle ones and is about to say so. */
    private void awaitWake() {
      while (!awake) {
        Thread.onSpinWait();
      }
    }
  }
}
