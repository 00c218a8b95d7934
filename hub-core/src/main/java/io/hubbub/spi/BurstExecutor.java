package io.hubbub.spi;

import java.util.concurrent.Executor;

/**
 * An executor to which a transport's thread can say that it is about to add many tasks, so that
 * they are handed over together: to wake a thread costs more than most hub methods. The hub
 * executor on Java 17 is one.
 *
 * <p>Threads: {@link #execute} any; a burst is begun and ended by the thread that adds its tasks,
 * soon, with nothing between that blocks.
 */
public interface BurstExecutor extends Executor {
  /**
   * What this thread adds from now on may start a little later, at the end of the burst at most.
   */
  void beginBurst();

  /** Starts what has been added and lets it run before this thread goes on. */
  void endBurst();
}
