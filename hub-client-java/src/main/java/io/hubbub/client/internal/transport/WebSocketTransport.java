package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket through the jakarta.websocket client API. All messages are given to it as binary
 * ones; the socket below marks the frames as text where the protocol's messages are text ({@link
 * io.hubbub.client.internal.socket.SocketFormat}), so nothing is turned into a string and back.
 *
 * <p>Threads: Tyrus calls back one frame at a time.
 */
final class WebSocketTransport extends Endpoint implements Transport {
  /** Tyrus' own property; the limit of a frame, which a server could announce as endless. */
  private static final String FRAME_LIMIT = "weblogic.websocket.tyrus.incoming-buffer-size";

  /** What the frame's header may add to the limit. */
  private static final int HEADER_ROOM = 16;

  private static final Logger log = LoggerFactory.getLogger(WebSocketTransport.class);

  private final TransportListener listener;
  private final int maxBytes;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Written once, when the handshake is done and before anything is sent. */
  private volatile @Nullable Session session;

  WebSocketTransport(TransportListener listener, int maxBytes) {
    this.listener = listener;
    this.maxBytes = maxBytes;
  }

  /** The configuration for one connection of this endpoint. */
  ClientEndpointConfig configuration(ClientEndpointConfig.Configurator configurator) {
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().configurator(configurator).build();
    config.getUserProperties().put(FRAME_LIMIT, maxBytes + HEADER_ROOM);
    return config;
  }

  @Override
  public void onOpen(Session opened, EndpointConfig config) {
    session = opened;
    opened.setMaxTextMessageBufferSize(maxBytes);
    opened.setMaxBinaryMessageBufferSize(maxBytes);
    opened.addMessageHandler(
        String.class,
        (MessageHandler.Whole<String>)
            text -> receive(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::receive);
  }

  private void receive(ByteBuffer bytes) {
    if (!ended.get()) {
      listener.onBytes(bytes);
    }
  }

  @Override
  public void onClose(Session closed, CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    if (code == CloseCodes.NORMAL_CLOSURE.getCode()) {
      end(TransportEnd.ORDERLY);
      return;
    }
    String text = reason.getReasonPhrase();
    IOException error =
        new IOException(
            "WebSocket closed with status code: "
                + code
                + " ("
                + (text == null || text.isEmpty() ? "no reason given" : text)
                + ").");
    boolean cut = code == CloseCodes.CLOSED_ABNORMALLY.getCode();
    end(cut ? TransportEnd.cut(error) : TransportEnd.refused(error));
  }

  @Override
  public void onError(Session failed, Throwable error) {
    log.debug("WebSocket failed", error);
  }

  private void end(TransportEnd end) {
    if (ended.compareAndSet(false, true)) {
      listener.onClosed(end);
    }
  }

  @Override
  public CompletionStage<Void> send(byte[] bytes) {
    Session open = session;
    if (open == null || ended.get()) {
      return CompletableFuture.failedFuture(new IOException("The WebSocket is closed."));
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      open.getAsyncRemote()
          .sendBinary(
              ByteBuffer.wrap(bytes),
              result -> {
                if (result.isOK()) {
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(result.getException());
                }
              });
    } catch (RuntimeException e) {
      // Tyrus' way to say that the socket went away in this moment.
      sent.completeExceptionally(new IOException("The WebSocket is closed.", e));
    }
    return sent;
  }

  @Override
  public CompletionStage<Void> close() {
    Session open = session;
    if (open != null) {
      try {
        open.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, ""));
      } catch (IOException | RuntimeException e) {
        log.debug("Closing a WebSocket that was closed already", e);
      }
    }
    end(TransportEnd.ORDERLY);
    return CompletableFuture.completedFuture(null);
  }
}
