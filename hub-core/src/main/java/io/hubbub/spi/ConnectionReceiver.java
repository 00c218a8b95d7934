package io.hubbub.spi;

import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The hub's end of one connection, as a transport sees it. */
public interface ConnectionReceiver {
  /**
   * Bytes have come, in whatever pieces the transport got them.
   *
   * <p>Threads: one call at a time, and none before the stage of the last one is done: the stage is
   * the demand.
   *
   * @param bytes the receiver's only during the call
   * @return done when more may come; never fails. What is wrong with the bytes ends the connection
   *     from inside
   */
  CompletionStage<Void> onBytes(ByteBuffer bytes);

  /**
   * Takes the next bytes to write. Never split over two transport messages; several may share one.
   *
   * <p>Threads: one at a time, any.
   *
   * @return whole messages, or null when nothing waits now
   */
  @Nullable Payload poll();

  /**
   * Whether the hub has ended, and how: if it had before {@link #poll} answered null, nothing
   * follows and the transport closes the connection. So ask first and poll then; the other way
   * round, what the hub queued in between is lost. {@link TransportConnection#outboundReady} is
   * called when it ends.
   */
  Optional<ConnectionEnd> end();

  /**
   * The client is back on a new socket after its old one was lost: what it may have missed is
   * queued again, and half a message that had come before is forgotten. Called before the new
   * socket's first bytes; nothing is polled meanwhile.
   */
  void onReconnected();

  /** {@link TransportConnection#identity()} has changed. */
  void onIdentityChanged();

  /**
   * The server is about to end the connection in order, as when its authentication expires: a Close
   * that allows to reconnect.
   */
  void requestClose();

  /**
   * The transport has ended. Called once, last.
   *
   * @param cause what was wrong; null when the client left in order or simply vanished
   */
  void onClosed(@Nullable Throwable cause);

  /** How a hub ended. */
  enum ConnectionEnd {
    /** In order, whatever the reason was. */
    GRACEFUL,
    /** The hub's own clean-up failed; a WebSocket says 1011. */
    FAILED
  }
}
