package io.hubbub.protocol;

import java.util.Map;

/**
 * The caller wants no more (type 5) of a stream or call.
 *
 * @param invocationId the id of the stream or call
 * @param headers free-form headers; usually empty
 */
public record CancelInvocationMessage(String invocationId, Map<String, String> headers)
    implements HubMessage {
  /** A cancellation without headers. */
  public static CancelInvocationMessage of(String invocationId) {
    return new CancelInvocationMessage(invocationId, Map.of());
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onCancelInvocation(this);
  }
}
