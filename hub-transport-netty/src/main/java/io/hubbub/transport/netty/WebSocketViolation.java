package io.hubbub.transport.netty;

import java.net.ProtocolException;

/** A client broke the WebSocket protocol. Threads: immutable; any. */
final class WebSocketViolation extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final int closeCode;

  WebSocketViolation(int closeCode, String message) {
    super(message);
    this.closeCode = closeCode;
  }

  /** 1002, or 1007 for text that is none. */
  int closeCode() {
    return closeCode;
  }

  /** Clients can cause these at will, and where they are thrown says nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
