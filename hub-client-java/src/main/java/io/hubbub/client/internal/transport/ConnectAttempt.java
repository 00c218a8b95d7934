package io.hubbub.client.internal.transport;

import io.hubbub.client.ConnectFailedException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One try to connect, or one row of tries to reconnect, which may be given up before it is through.
 *
 * <p>Threads: any.
 */
public final class ConnectAttempt {
  private static final Runnable NOTHING = () -> {};

  private final Runnable onCanceled;
  private final AtomicReference<Runnable> step = new AtomicReference<>(NOTHING);
  private volatile boolean canceled;

  /**
   * @param onCanceled runs when it is given up
   */
  public ConnectAttempt(Runnable onCanceled) {
    this.onCanceled = onCanceled;
  }

  /** A try that nobody waits for. */
  public ConnectAttempt() {
    this(NOTHING);
  }

  /** Gives it up: its next step is not taken. */
  public void cancel() {
    canceled = true;
    step.getAndSet(NOTHING).run();
    onCanceled.run();
  }

  /** Whether it was given up. */
  public boolean isCanceled() {
    return canceled;
  }

  /**
   * Says how to give up the step that it is at, in place of the step before.
   *
   * @param abandon run at once if it was given up already
   */
  public void at(Runnable abandon) {
    step.set(abandon);
    if (canceled) {
      step.getAndSet(NOTHING).run();
    }
  }

  void ensureWanted() {
    if (canceled) {
      throw new ConnectFailedException("The connection was stopped before it was made.");
    }
  }
}
