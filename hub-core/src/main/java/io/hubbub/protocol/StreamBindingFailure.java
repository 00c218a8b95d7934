package io.hubbub.protocol;

/**
 * A stream item that fits no stream: unknown id, or a value of another type.
 *
 * @param invocationId the stream's id as sent
 * @param reason what did not fit, for detailed errors and logs
 */
public record StreamBindingFailure(String invocationId, String reason) implements HubMessage {

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onStreamBindingFailure(this);
  }
}
