package io.hubbub.http;

import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The end of a WebSocket that faces the hub. Implemented by hub-http, called by adapters.
 *
 * <p>Threads: inbound calls one at a time; {@link #poll} one at a time; both at once are possible.
 */
public interface WebSocketHandler {
  /** The socket is open; nothing has been read yet. */
  void onOpen(WebSocket socket);

  /**
   * Bytes of a message, or of part of one; text and binary alike.
   *
   * @param bytes the handler's only during the call
   * @return the demand: nothing more is read before it is done
   */
  CompletionStage<Void> onBytes(ByteBuffer bytes);

  /**
   * The next payload to write, as one WebSocket message of the payload's format; null when nothing
   * waits now.
   */
  @Nullable Payload poll();

  /**
   * The client has sent a close frame. The adapter answers it with 1000, whatever its code was,
   * after {@link #poll} is empty.
   */
  void onCloseFrame();

  /**
   * The socket is gone. Called once, last; after a close frame, too.
   *
   * @param cause what was wrong with it; null when it ended in order or simply vanished
   */
  void onClosed(@Nullable Throwable cause);
}
