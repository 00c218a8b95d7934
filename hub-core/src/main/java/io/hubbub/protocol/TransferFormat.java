package io.hubbub.protocol;

/**
 * Whether a protocol's messages are text (UTF-8) or arbitrary bytes; decides the kind of WebSocket
 * frame.
 */
public enum TransferFormat {
  /** UTF-8 text. */
  TEXT("Text"),
  /** Arbitrary bytes. */
  BINARY("Binary");

  private final String wireName;

  TransferFormat(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in negotiate documents and error texts: {@code Text} or {@code Binary}. */
  public String wireName() {
    return wireName;
  }
}
