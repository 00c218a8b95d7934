package io.hubbub.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The sender is about to close the connection (type 7).
 *
 * @param error why; null when there was no error
 * @param allowReconnect whether the client's automatic reconnect may try again
 */
public record CloseMessage(@Nullable String error, boolean allowReconnect) implements HubMessage {
  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onClose(this);
  }
}
