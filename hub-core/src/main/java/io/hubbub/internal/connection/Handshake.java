package io.hubbub.internal.connection;

import io.hubbub.HubOptions;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeRequest;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a handshake request is answered.
 *
 * @param protocol what the client speaks from now on; null when it is refused
 * @param version the version that it asked for
 * @param error what a refused client is told
 */
record Handshake(@Nullable HubProtocol protocol, int version, String error) {

  /**
   * Reads and judges a request.
   *
   * @throws io.hubbub.protocol.HubProtocolException if it is none
   */
  static Handshake of(ByteBuffer frame, ProtocolTable protocols, TransportConnection transport) {
    HandshakeRequest request = HandshakeProtocol.parseRequest(frame);
    Optional<HubProtocol> found = protocols.find(request.protocol());
    if (found.isEmpty()) {
      return refused(HandshakeProtocol.unsupportedProtocol(request.protocol()));
    }
    HubProtocol protocol = found.get();
    if (request.version() > protocol.version()) {
      return refused(HandshakeProtocol.unsupportedVersion(request.version(), request.protocol()));
    }
    if (!transport.supports(protocol.transferFormat())) {
      return refused(HandshakeProtocol.unsupportedTransferFormat(protocol));
    }
    return new Handshake(protocol, request.version(), "");
  }

  private static Handshake refused(String error) {
    return new Handshake(null, 0, error);
  }

  /** What a client is told whose request could not be read or answered. */
  static String unexpectedError(Throwable cause, HubOptions options) {
    return options.detailedErrors()
        ? HandshakeProtocol.UNEXPECTED_ERROR
            + " "
            + cause.getClass().getSimpleName()
            + ": "
            + cause.getMessage()
        : HandshakeProtocol.UNEXPECTED_ERROR;
  }
}
