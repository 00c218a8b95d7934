package io.hubbub.transport.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A WebSocket in Tomcat.
 *
 * <p>Threads: any. Whoever changes whether it is read tells Tomcat without a lock, as Tomcat may
 * read on the thread that tells it to go on. A slower thread would then have the last word with
 * what is no longer wanted: so everybody looks again after telling, see {@link #tellTomcat}.
 */
final class TomcatSession extends ContainerSession {
  /** Enough for one read; Tomcat allocates it for each session, whole messages or not. */
  private static final int BUFFER = 2048;

  private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
  private static final long CLOSE_MILLIS = 5_000;

  /** How long a close frame may take that is not 1000; 50 ms by default, too few on a busy host. */
  private static final String CLOSE_SEND_TIMEOUT =
      "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

  private static final long ABORT_MILLIS = 50;

  /** Far more than a frame that is being read needs to be handled. */
  private static final long MOMENT_MILLIS = 20;

  private enum Reading {
    ON("resume"),
    PAUSED("suspend"),
    /** Nobody but the closing stops and starts it any more. */
    CLOSING("suspend"),
    /** Our close frame is out: reading goes on, for the client's. */
    CLOSED("resume");

    /** Tomcat's name of it. */
    final String order;

    Reading(String order) {
      this.order = order;
    }
  }

  private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.ON);

  /** Kept, as a session that has been closed does not give it any more. */
  private final Map<String, Object> properties;

  TomcatSession(Session session) {
    super(session);
    this.properties = session.getUserProperties();
  }

  @Override
  void abort() {
    CloseReason reason = new CloseReason(CloseCodes.CLOSED_ABNORMALLY, null);
    // A close frame is tried before; the last argument closes the socket, too.
    properties.put(CLOSE_SEND_TIMEOUT, ABORT_MILLIS);
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
    if (reading.compareAndSet(Reading.ON, Reading.PAUSED)) {
      tellTomcat();
    }
  }

  @Override
  void resume() {
    if (reading.compareAndSet(Reading.PAUSED, Reading.ON)) {
      tellTomcat();
    }
  }

  /** Tells what is wanted until nothing else is: so the last call of all is the right one. */
  private void tellTomcat() {
    String told;
    do {
      told = order();
      call(session, told);
    } while (!told.equals(order()));
  }

  private String order() {
    return Objects.requireNonNull(reading.get()).order;
  }

  /**
   * Tomcat cuts the connection when it reads the client's close frame while ours is being written.
   * So no more is read meanwhile, and what is being read now is waited for.
   */
  @Override
  void close(CloseReason reason, Executor patient) {
    // Who pauses is the one who reads: it stops by itself, even if it has not told Tomcat yet.
    if (reading.getAndSet(Reading.CLOSING) != Reading.PAUSED) {
      tellTomcat();
    }
    CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS, patient)
        .execute(
            () -> {
              closeSession(reason);
              reading.set(Reading.CLOSED);
              tellTomcat();
            });
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
    properties.put(CLOSE_TIMEOUT, CLOSE_MILLIS);
    properties.put(CLOSE_SEND_TIMEOUT, CLOSE_MILLIS);
  }
}
