package io.hubbub.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call (type 4) of a hub method that streams its result.
 *
 * @param invocationId the id that items and completion carry; never empty
 * @param target the method's name as sent
 * @param arguments the bound arguments, without streams; not copied, not to be changed
 * @param streamIds ids of the streams that the caller uploads
 * @param headers free-form headers; usually empty
 */
public record StreamInvocationMessage(
    String invocationId,
    String target,
    @Nullable Object[] arguments,
    List<String> streamIds,
    Map<String, String> headers)
    implements HubMessage {

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onStreamInvocation(this);
  }
}
