package io.hubbub.transport.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A WebSocket in Undertow. Threads: any. */
final class UndertowSession extends ContainerSession {
  UndertowSession(Session session) {
    super(session);
  }

  @Override
  void abort() {
    call(session, "forceClose");
  }

  @Override
  boolean canPause() {
    return true;
  }

  @Override
  void pause() {
    call(channel(), "suspendReceives");
  }

  @Override
  void resume() {
    call(channel(), "resumeReceives");
  }

  @Override
  void close(CloseReason reason, Executor patient) {
    Executor reader = (Executor) Objects.requireNonNull(call(channel(), "getIoThread"));
    try {
      // The thread that reads frames: elsewhere both it and we might leave the answer to the other.
      reader.execute(() -> closeOnReader(reason));
    } catch (RejectedExecutionException stopping) {
      closeSession(reason);
    }
  }

  private void closeOnReader(CloseReason reason) {
    closeSession(reason);
    if (isCloseFrameReceived() && Boolean.FALSE.equals(call(channel(), "isCloseFrameSent"))) {
      // Half of the client's frame has come: Undertow drops the rest of it unanswered.
      call(channel(), "sendClose");
    }
  }

  @Override
  boolean isCloseFrameReceived() {
    return Boolean.TRUE.equals(call(channel(), "isCloseFrameReceived"));
  }

  private Object channel() {
    return Objects.requireNonNull(call(session, "getWebSocketChannel"), "a session has one");
  }
}
