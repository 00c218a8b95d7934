package io.hubbub.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A call that cannot be carried out as sent. Only that call fails; the connection lives.
 *
 * @param invocationId the call's id; null when the caller wants no answer
 * @param target the method's name as sent
 * @param streaming whether it was a {@link StreamInvocationMessage}
 * @param targetUnknown whether the binder knew no such target
 * @param reason what did not fit, for detailed errors and logs
 */
public record InvocationBindingFailure(
    @Nullable String invocationId,
    String target,
    boolean streaming,
    boolean targetUnknown,
    String reason)
    implements HubMessage {

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onInvocationBindingFailure(this);
  }
}
