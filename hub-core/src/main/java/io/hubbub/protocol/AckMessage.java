package io.hubbub.protocol;

/**
 * The sender has processed everything (type 8) up to an id.
 *
 * @param sequenceId the highest id processed
 */
public record AckMessage(long sequenceId) implements HubMessage {
  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onAck(this);
  }
}
