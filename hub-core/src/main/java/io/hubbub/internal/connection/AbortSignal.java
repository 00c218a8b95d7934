package io.hubbub.internal.connection;

import io.hubbub.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Happens when a connection ends.
 *
 * <p>Threads: any.
 */
final class AbortSignal implements Cancellation {
  private static final Logger LOG = LoggerFactory.getLogger(AbortSignal.class);

  private final String connectionId;

  /** Null once it has happened. Guarded by this. */
  private @Nullable List<Runnable> actions = new ArrayList<>(1);

  AbortSignal(String connectionId) {
    this.connectionId = connectionId;
  }

  @Override
  public synchronized boolean isCancelled() {
    return actions == null;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (actions != null) {
        actions.add(action);
        return;
      }
    }
    run(action);
  }

  void fire() {
    List<Runnable> due;
    synchronized (this) {
      due = actions;
      actions = null;
    }
    if (due != null) {
      due.forEach(this::run);
    }
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("An action at the end of connection {} failed", connectionId, e);
    }
  }
}
