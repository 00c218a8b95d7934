package io.hubbub.spi;

/** What a transport hands its connections to: one per hub mapping. */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * A connection has been made and its transport is attached; the handshake is awaited.
   *
   * @return the hub's end; the transport calls nothing else before it has it
   */
  ConnectionReceiver open(TransportConnection connection);
}
