package io.hubbub.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  private static final int THREADS = 8;

  private final WorkerPool pool =
      new WorkerPool("worker-pool-test-", THREADS, TimeUnit.SECONDS.toNanos(30));

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  @Test
  void everyTaskOfManyProducersRunsOnce() throws Exception {
    int producers = 4;
    int each = 20_000;
    CountDownLatch done = new CountDownLatch(producers * each);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      boolean inBursts = i % 2 == 0;
      Thread producer = new Thread(() -> produce(each, inBursts, done));
      threads.add(producer);
      producer.start();
    }
    for (Thread producer : threads) {
      producer.join();
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).as("no task was forgotten").isTrue();
  }

  private void produce(int count, boolean inBursts, CountDownLatch done) {
    for (int i = 0; i < count; i++) {
      if (inBursts && i % 50 == 0) {
        pool.beginBurst();
      }
      pool.execute(done::countDown);
      if (i % 50 == 49) {
        pool.endBurst();
        Thread.yield();
      }
    }
    pool.endBurst();
  }

  @Test
  void tasksThatWaitForEachOtherAllRun() throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    CountDownLatch met = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> meet(all, met));
    }
    assertThat(met.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tasksOfOneBurstThatWaitForEachOtherAllRun() throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    CountDownLatch met = new CountDownLatch(THREADS);
    pool.beginBurst();
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> meet(all, met));
    }
    pool.endBurst();
    assertThat(met.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskBehindABlockedOneOfTheSameBurstRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch behind = new CountDownLatch(1);
    pool.beginBurst();
    pool.execute(() -> awaitQuietly(release));
    pool.execute(behind::countDown);
    pool.endBurst();
    assertThat(behind.await(30, TimeUnit.SECONDS)).isTrue();
    release.countDown();
  }

  @Test
  void noMoreThreadsRunThanAllowed() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int tasks = 500;
    CountDownLatch done = new CountDownLatch(tasks);
    for (int i = 0; i < tasks; i++) {
      pool.execute(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            done.countDown();
          });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, THREADS);
  }

  @Test
  void failingTaskHurtsNoOther() throws Exception {
    CountDownLatch after = new CountDownLatch(1);
    pool.execute(after::countDown);
    assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
    CountDownLatch interrupted = new CountDownLatch(1);
    Set<Boolean> seen = ConcurrentHashMap.newKeySet();
    pool.execute(() -> Thread.currentThread().interrupt());
    pool.execute(
        () -> {
          seen.add(Thread.currentThread().isInterrupted());
          interrupted.countDown();
        });
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly(false);
  }

  @Test
  void idleThreadsEndAndComeBack() throws Exception {
    WorkerPool shortLived = new WorkerPool("short-lived-", 2, TimeUnit.MILLISECONDS.toNanos(1));
    for (int i = 0; i < 200; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      shortLived.execute(ran::countDown);
      assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }
    shortLived.shutdown();
    assertThat(shortLived.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void onlyThreadIsFoundWhileItGoesToSleep() throws Exception {
    WorkerPool single = new WorkerPool("single-", 1, TimeUnit.MINUTES.toNanos(1));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      single.execute(ran::countDown);
      assertThat(ran.await(30, TimeUnit.SECONDS)).as("round " + i).isTrue();
      for (int spin = random.nextInt(2_000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
    }
    single.shutdownNow();
  }

  @Test
  void threadThatCannotBeStartedHoldsUpNobody() throws Exception {
    AtomicInteger made = new AtomicInteger();
    WorkerPool poor =
        new WorkerPool(
            worker ->
                made.incrementAndGet() == 1 ? new Thread(worker) : new UnstartableThread(worker),
            4,
            TimeUnit.MINUTES.toNanos(1));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(2);
    poor.execute(() -> awaitQuietly(release));
    poor.execute(done::countDown);
    release.countDown();
    poor.execute(done::countDown);
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    poor.shutdown();
    assertThat(poor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  /** What a system without a thread to spare does. */
  private static final class UnstartableThread extends Thread {
    UnstartableThread(Runnable target) {
      super(target);
    }

    @Override
    public synchronized void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  @Test
  void whatWasAddedBeforeTheEndStillRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(20);
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> awaitQuietly(release));
    }
    for (int i = 0; i < 20; i++) {
      pool.execute(done::countDown);
    }
    pool.shutdown();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    release.countDown();
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  private static void meet(CyclicBarrier all, CountDownLatch met) {
    try {
      all.await(30, TimeUnit.SECONDS);
      met.countDown();
    } catch (Exception e) {
      throw new AssertionError("Expected all tasks to run at a time", e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
