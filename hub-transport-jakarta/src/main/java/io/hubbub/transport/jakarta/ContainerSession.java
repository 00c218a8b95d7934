package io.hubbub.transport.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

  private ContainerSession(Session session) {
    this.session = session;
  }

  static ContainerSession of(Session session) {
    return switch (session.getClass().getName()) {
      case "org.apache.tomcat.websocket.WsSession" -> new OfTomcat(session);
      case "io.undertow.websockets.jsr.UndertowSession" -> new OfUndertow(session);
      case "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession",
          "org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession" ->
          new OfJetty(session);
      default -> new OfOther(session);
    };
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

  /** Whether a close frame sent in answer to the client's goes out in place of the container's. */
  boolean answersCloseFrames() {
    return false;
  }

  /** Sets what only this container has: buffers no larger than partial handlers need, and such. */
  void prepare() {}

  static void call(Object target, String method) {
    call(target, method, new Class<?>[0]);
  }

  static void call(Object target, String name, Class<?>[] types, Object... arguments) {
    try {
      Method method = target.getClass().getMethod(name, types);
      method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      log.debug("The container's {} failed", name, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Expected " + target.getClass().getName() + " to have a public method " + name, e);
    }
  }

  private static final class OfTomcat extends ContainerSession {
    /** Enough for one read; Tomcat allocates it for each session, whole messages or not. */
    private static final int BUFFER = 2048;

    private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
    private static final long CLOSE_MILLIS = 5_000;

    OfTomcat(Session session) {
      super(session);
    }

    @Override
    void abort() {
      CloseReason reason = new CloseReason(CloseCodes.CLOSED_ABNORMALLY, null);
      // The last argument closes the socket, too. A close frame is tried for 50 ms before.
      call(
          session,
          "doClose",
          new Class<?>[] {CloseReason.class, CloseReason.class, boolean.class},
          reason,
          reason,
          true);
    }

    @Override
    boolean canPause() {
      return true;
    }

    @Override
    void pause() {
      call(session, "suspend");
    }

    @Override
    void resume() {
      call(session, "resume");
    }

    @Override
    boolean prefersBlockingSends() {
      return true;
    }

    @Override
    void prepare() {
      session.setMaxTextMessageBufferSize(BUFFER);
      session.setMaxBinaryMessageBufferSize(BUFFER);
      // Once it has sent a close frame it waits by itself, and abort() does nothing any more.
      session.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_MILLIS);
    }
  }

  private static final class OfUndertow extends ContainerSession {
    OfUndertow(Session session) {
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

    private Object channel() {
      try {
        return session.getClass().getMethod("getWebSocketChannel").invoke(session);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Expected UndertowSession to have a channel", e);
      }
    }
  }

  private static final class OfJetty extends ContainerSession {
    OfJetty(Session session) {
      super(session);
    }

    @Override
    void abort() {
      call(session, "abort");
    }

    @Override
    boolean answersCloseFrames() {
      return true;
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
