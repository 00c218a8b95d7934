package io.hubbub.testkit.fuzz;

import io.hubbub.BaseHub;
import io.hubbub.spi.HubEvents;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the connections that hubs have greeted and not yet said goodbye to. Threads: any. */
final class OpenConnections implements HubEvents {
  private final AtomicInteger open = new AtomicInteger();

  int count() {
    return open.get();
  }

  @Override
  public void connected(Class<? extends BaseHub> hub, String connectionId) {
    open.incrementAndGet();
  }

  @Override
  public void disconnected(
      Class<? extends BaseHub> hub, String connectionId, @Nullable Throwable cause) {
    open.decrementAndGet();
  }
}
