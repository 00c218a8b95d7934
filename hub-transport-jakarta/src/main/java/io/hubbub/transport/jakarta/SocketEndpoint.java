package io.hubbub.transport.jakarta;

import io.hubbub.http.WebSocketHandler;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, as its container sees it. Messages are taken in parts, so that no container ever
 * buffers a whole one.
 *
 * <p>Threads: the container's; that of the end may differ from that of the messages and run beside
 * it, which {@link SocketInbound} puts in order.
 */
final class SocketEndpoint extends Endpoint {
  private final WebSocketHandler handler;
  private final SocketParts parts;

  /** Null until the container has opened it; written once, before all other calls. */
  private volatile @Nullable SocketInbound inbound;

  private volatile @Nullable SocketOutbound outbound;
  private volatile @Nullable Throwable failure;

  SocketEndpoint(WebSocketHandler handler, SocketParts parts) {
    this.handler = handler;
    this.parts = parts;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(0);
    ContainerSession container = ContainerSession.of(session);
    container.prepare();
    SocketInbound in = new SocketInbound(handler, container);
    SocketOutbound out = new SocketOutbound(container, handler, parts);
    inbound = in;
    outbound = out;
    Utf8Pieces text = new Utf8Pieces();
    // Not lambdas: containers look for the type argument of the handler's class.
    session.addMessageHandler(
        String.class,
        new MessageHandler.Partial<String>() {
          @Override
          public void onMessage(String piece, boolean last) {
            in.offer(text.bytes(piece));
          }
        });
    session.addMessageHandler(
        ByteBuffer.class,
        new MessageHandler.Partial<ByteBuffer>() {
          @Override
          public void onMessage(ByteBuffer piece, boolean last) {
            in.offer(piece);
          }
        });
    // Last: the hub may end the session at once, and then no handler can be added.
    handler.onOpen(out);
  }

  @Override
  public void onError(Session session, Throwable cause) {
    failure = cause;
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    SocketInbound in = inbound;
    SocketOutbound out = outbound;
    if (in == null || out == null) {
      handler.onClosed(failure);
      return;
    }
    out.awaitCloseFrame();
    boolean lost = reason.getCloseCode() == CloseCodes.CLOSED_ABNORMALLY;
    if (lost) {
      out.stop();
    }
    in.end(lost, () -> ended(out, lost));
  }

  private void ended(SocketOutbound out, boolean lost) {
    Throwable wrong = failure;
    if (!lost && wrong == null && !out.isCloseSent()) {
      handler.onCloseFrame();
      out.answerClose();
    }
    out.stop();
    // A connection that breaks is nothing wrong; a message that breaks the protocol is.
    handler.onClosed(wrong instanceof IOException ? null : wrong);
  }
}
