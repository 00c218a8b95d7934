package io.hubbub.transport.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a hub needs of a WebSocket and {@code jakarta.websocket} does not offer: ending it without a
 * handshake, and pausing its reading. The known containers have it as public methods of their
 * session classes, which are called by name so that none of them is needed to compile or to run.
 *
 * <p>Threads: any.
 */
abstract class ContainerSession {
  private static final Logger log = LoggerFactory.getLogger(ContainerSession.class);

  final Session session;

  ContainerSession(Session session) {
    this.session = session;
  }

  static ContainerSession of(Session session) {
    return switch (session.getClass().getName()) {
      case "org.apache.tomcat.websocket.WsSession" -> new TomcatSession(session);
      case "io.undertow.websockets.jsr.UndertowSession" -> new UndertowSession(session);
      case "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession",
          "org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession" ->
          new JettySession(session);
      default -> new OfOther(session);
    };
  }

  /**
   * Sends a close frame, so that the client gets it even if it says good-bye at the same moment.
   * That is common: a client that stops sends the hub its last message and its close frame at once.
   *
   * @param patient runs what may wait for the network
   */
  void close(CloseReason reason, Executor patient) {
    closeSession(reason);
  }

  final void closeSession(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | IllegalStateException e) {
      log.debug("A WebSocket could not be closed in order", e);
    }
  }

  /** Ends it at once. Returns without waiting for the network, or nearly so. */
  abstract void abort();

  /** Whether {@link #pause} and {@link #resume} work. */
  boolean canPause() {
    return false;
  }

  /** Reads no more frames, but may go on with one that has begun. */
  void pause() {
    throw new UnsupportedOperationException();
  }

  /** Reads again. */
  void resume() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether an asynchronous send costs a change of threads, so that a blocking one is better where
   * threads are cheap.
   */
  boolean prefersBlockingSends() {
    return false;
  }

  /**
   * The container has told of the end and may cut the connection afterwards: waits while a close
   * frame of ours is on its way out, which takes no longer than a write that does not wait.
   */
  void awaitCloseFrame() {}

  /** Whether a close frame sent in answer to the client's goes out in place of the container's. */
  boolean answersCloseFrames() {
    return false;
  }

  /**
   * Whether the client's close frame has come, which the container answers at once and tells a
   * moment later. In between nothing else can be written.
   */
  boolean isCloseFrameReceived() {
    return false;
  }

  /** Sets what only this container has: buffers no larger than partial handlers need, and such. */
  void prepare() {}

  static @Nullable Object call(Object target, String method) {
    return call(target, method, new Class<?>[0]);
  }

  static @Nullable Object call(
      Object target, String name, Class<?>[] types, @Nullable Object... arguments) {
    try {
      Method method = target.getClass().getMethod(name, types);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      log.debug("The container's {} failed", name, e.getCause());
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Expected " + target.getClass().getName() + " to have a public method " + name, e);
    }
  }

  private static final class OfOther extends ContainerSession {
    OfOther(Session session) {
      super(session);
    }

    @Override
    void abort() {
      try {
        session.close(new CloseReason(CloseCodes.GOING_AWAY, null));
      } catch (IOException e) {
        log.debug("The container could not close a WebSocket", e);
      }
    }
  }
}
