package io.hubbub.internal.connection;

import io.hubbub.BaseHub;
import io.hubbub.spi.HubEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a listener's exceptions away from whoever tells it.
 *
 * <p>Threads: any.
 */
public final class GuardedEvents implements HubEvents {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedEvents.class);

  private final HubEvents listener;

  /**
   * @param listener the application's
   */
  public GuardedEvents(HubEvents listener) {
    this.listener = listener;
  }

  @Override
  public void connected(Class<? extends BaseHub> hub, String connectionId) {
    tell(() -> listener.connected(hub, connectionId));
  }

  @Override
  public void disconnected(
      Class<? extends BaseHub> hub, String connectionId, @Nullable Throwable cause) {
    tell(() -> listener.disconnected(hub, connectionId, cause));
  }

  @Override
  public void slowClient(Class<? extends BaseHub> hub, String connectionId, long queuedBytes) {
    tell(() -> listener.slowClient(hub, connectionId, queuedBytes));
  }

  @Override
  public void encodingMissing(Class<? extends BaseHub> hub, String connectionId, String protocol) {
    tell(() -> listener.encodingMissing(hub, connectionId, protocol));
  }

  @Override
  public void backplaneMessageRejected(String channel, Throwable cause) {
    tell(() -> listener.backplaneMessageRejected(channel, cause));
  }

  @Override
  public void backplaneMessageLost(String channel, Throwable cause) {
    tell(() -> listener.backplaneMessageLost(channel, cause));
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("A listener of hub events failed", e);
    }
  }
}
