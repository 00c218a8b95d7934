package io.hubbub.transport.netty;

import io.hubbub.spi.BurstExecutor;
import java.util.concurrent.Executor;

/**
 * An executor that knows no bursts: its tasks start at once and only get to run at the end.
 *
 * <p>Threads: any.
 *
 * @param executor runs them
 */
record YieldingExecutor(Executor executor) implements BurstExecutor {
  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public void beginBurst() {}

  @Override
  public void endBurst() {
    Thread.yield();
  }
}
