package io.hubbub.internal.dispatch;

import io.hubbub.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cancellation and the one who makes it happen.
 *
 * <p>Threads: any.
 */
public final class CancellationSource implements Cancellation {
  private static final Logger LOG = LoggerFactory.getLogger(CancellationSource.class);

  private volatile boolean cancelled;
  private List<Runnable> actions = List.of(); // guarded by this

  /** Not cancelled yet. */
  public CancellationSource() {}

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        if (actions.isEmpty()) {
          actions = new ArrayList<>(2);
        }
        actions.add(action);
        return;
      }
    }
    runSafely(action);
  }

  /** Makes it happen, once. Runs the actions, in the order in which they were given. */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = actions;
      actions = List.of();
    }
    due.forEach(CancellationSource::runSafely);
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("An action on cancellation failed", e);
    }
  }
}
