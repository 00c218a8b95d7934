package io.hubbub.protocol;

/**
 * The first message after a stateful reconnect (type 9).
 *
 * @param sequenceId the id of the sender's next tracked message
 */
public record SequenceMessage(long sequenceId) implements HubMessage {
  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onSequence(this);
  }
}
