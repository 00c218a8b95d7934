package io.hubbub.internal.dispatch;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool for which the system has no threads, until the test says so. */
final class NoThreads extends ThreadPoolExecutor {
  volatile boolean hasThreads;

  NoThreads() {
    super(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
  }

  @Override
  public void execute(Runnable task) {
    if (!hasThreads) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    super.execute(task);
  }
}
