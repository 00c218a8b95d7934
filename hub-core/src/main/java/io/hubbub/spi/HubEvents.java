package io.hubbub.spi;

import io.hubbub.BaseHub;
import org.jspecify.annotations.Nullable;

/** What happens, for metrics and audits. Threads: any; must return soon. */
public interface HubEvents {
  /** Nobody listens. */
  HubEvents NONE = new HubEvents() {};

  /** A client has shaken hands. */
  default void connected(Class<? extends BaseHub> hub, String connectionId) {}

  /** A client has gone. */
  default void disconnected(
      Class<? extends BaseHub> hub, String connectionId, @Nullable Throwable cause) {}

  /** A client read too slowly: its connection is closed, or a message was dropped. */
  default void slowClient(Class<? extends BaseHub> hub, String connectionId, long queuedBytes) {}

  /** A message from another node had no encoding in the client's protocol and was skipped. */
  default void encodingMissing(
      Class<? extends BaseHub> hub, String connectionId, String protocol) {}

  /** A message from the backplane was unreadable and was skipped. */
  default void backplaneMessageRejected(String channel, Throwable cause) {}

  /** A message could not be handed to the backplane. */
  default void backplaneMessageLost(String channel, Throwable cause) {}
}
