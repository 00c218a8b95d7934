package io.hubbub.transport.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** A WebSocket in Jetty, of the 12 line. Threads: any. */
final class JettySession extends ContainerSession {
  /** Held while our close frame is being written. */
  private final ReentrantLock closing = new ReentrantLock();

  JettySession(Session session) {
    super(session);
  }

  @Override
  void close(CloseReason reason, Executor patient) {
    closing.lock();
    try {
      closeSession(reason);
    } finally {
      closing.unlock();
    }
  }

  @Override
  void awaitCloseFrame() {
    closing.lock();
    try {
      // Whoever held it has written the frame.
    } finally {
      closing.unlock();
    }
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
