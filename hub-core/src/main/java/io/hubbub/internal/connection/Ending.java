package io.hubbub.internal.connection;

import io.hubbub.ConnectionClosedException;
import io.hubbub.HubException;
import io.hubbub.protocol.CloseMessage;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ends, and what follows from it.
 *
 * @param allowReconnect whether the client's automatic reconnect may try again
 * @param error what the client is told about; null: it is told of no error
 * @param cause what {@code onDisconnected} gets; null: nothing was wrong
 * @param dropQueued whether what waits for the client is forgotten
 */
record Ending(
    boolean allowReconnect,
    @Nullable Throwable error,
    @Nullable Throwable cause,
    boolean dropQueued) {
  private static final String ERROR = "Connection closed with an error.";

  /** The server or the client wants it to end, for good. */
  static Ending aborted(@Nullable Throwable cause) {
    return new Ending(false, null, cause, false);
  }

  /** The client has said goodbye. */
  static Ending byClient(CloseMessage close) {
    String error = close.error();
    return aborted(error == null ? null : new HubException(error));
  }

  /** The server ends it in order; the client may come back. */
  static Ending inOrder() {
    return new Ending(true, null, null, false);
  }

  /** The transport has ended. */
  static Ending ofTransport(@Nullable Throwable cause) {
    return new Ending(true, cause, cause, true);
  }

  /** Something was wrong with what the client sent, or with the server. */
  static Ending failed(Throwable cause) {
    return new Ending(true, cause, cause, false);
  }

  /** The hub refused the connection. */
  static Ending refused(Throwable cause) {
    return new Ending(false, cause, cause, false);
  }

  /** The client was silent for too long. */
  static Ending timedOut() {
    return failed(
        new ConnectionClosedException(
            "Client hasn't sent a message/ping within the configured ClientTimeoutInterval."));
  }

  /** The client reads too slowly. */
  static Ending tooSlow(long queuedBytes, int limit) {
    ConnectionClosedException cause =
        new ConnectionClosedException(
            "Expected the client to read what it is sent, but "
                + queuedBytes
                + " bytes wait for it and HubOptions.outboundLimit is "
                + limit);
    return new Ending(true, cause, cause, true);
  }

  /** What the client is told. */
  CloseMessage close(boolean detailed) {
    return new CloseMessage(error == null ? null : text(error, detailed), allowReconnect);
  }

  private static String text(Throwable error, boolean detailed) {
    return detailed || error instanceof HubException
        ? ERROR + " " + error.getClass().getSimpleName() + ": " + error.getMessage()
        : ERROR;
  }
}
