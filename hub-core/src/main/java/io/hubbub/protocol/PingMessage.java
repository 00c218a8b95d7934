package io.hubbub.protocol;

/** A sign of life (type 6). */
public record PingMessage() implements HubMessage {
  /** The only ping there is. */
  public static final PingMessage INSTANCE = new PingMessage();

  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onPing(this);
  }
}
