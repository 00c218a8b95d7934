package io.hubbub.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call (type 1) of a hub method by a client, or of a client handler by a server.
 *
 * @param invocationId the id that the answer carries; null when the caller wants none
 * @param target the method's name as sent
 * @param arguments the bound arguments, without streams; not copied, not to be changed
 * @param streamIds ids of the streams that the caller uploads, in the order of the stream
 *     parameters
 * @param headers free-form headers; usually empty
 */
public record InvocationMessage(
    @Nullable String invocationId,
    String target,
    @Nullable Object[] arguments,
    List<String> streamIds,
    Map<String, String> headers)
    implements HubMessage {
  /** A call without streams and headers. */
  public static InvocationMessage of(
      @Nullable String invocationId, String target, @Nullable Object... arguments) {
    return new InvocationMessage(invocationId, target, arguments, List.of(), Map.of());
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onInvocation(this);
  }
}
