package io.hubbub.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's executor for callbacks, and another one for what it refuses: whoever waits for
 * an action to run, as all that follow it on a lane do, would wait for ever.
 *
 * <p>Threads: any.
 */
final class CallbackExecutor implements Executor {
  private static final Logger log = LoggerFactory.getLogger(CallbackExecutor.class);

  private final Executor application;
  private final Executor fallback;

  CallbackExecutor(Executor application, Executor fallback) {
    this.application = application;
    this.fallback = fallback;
  }

  @Override
  public void execute(Runnable action) {
    AtomicBoolean begun = new AtomicBoolean();
    try {
      application.execute(
          () -> {
            begun.set(true);
            action.run();
          });
    } catch (RuntimeException e) {
      if (begun.get()) {
        // It ran on this thread, and that is how it ended.
        throw e;
      }
      log.warn("The callbackExecutor refused a callback, which runs on the client's own pool", e);
      fallback.execute(action);
    }
  }
}
