package io.hubbub.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item (type 2) of a result stream or of an upload.
 *
 * @param invocationId the stream's id
 * @param item the bound item
 * @param headers free-form headers; usually empty
 */
public record StreamItemMessage(
    String invocationId, @Nullable Object item, Map<String, String> headers) implements HubMessage {
  /** An item without headers. */
  public static StreamItemMessage of(String invocationId, @Nullable Object item) {
    return new StreamItemMessage(invocationId, item, Map.of());
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onStreamItem(this);
  }
}
