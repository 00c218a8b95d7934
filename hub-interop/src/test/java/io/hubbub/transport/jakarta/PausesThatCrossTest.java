package io.hubbub.transport.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A thread that is about to stop or to start reading may be late: the container must end up with
 * what was wanted last, or nobody would ever read again, or without a limit.
 */
class PausesThatCrossTest {
  private final FakeReading reading = new FakeReading();
  private final TomcatSession tomcat = new TomcatSession(reading.session());

  @Test
  void tomcatReadsOnWhenTheHubCatchesUpWhileReadingIsBeingStopped() {
    reading.beforeNextStop(tomcat::resume);
    tomcat.pause();
    assertThat(reading.isStopped()).isFalse();
  }

  @Test
  void tomcatStopsWhenMoreComesWhileReadingIsBeingStarted() {
    tomcat.pause();
    reading.beforeNextStart(tomcat::pause);
    tomcat.resume();
    assertThat(reading.isStopped()).isTrue();
  }

  @Test
  void tomcatReadsTheClientsCloseFrameWhenItWasClosedWhileReadingIsBeingStopped() {
    CloseReason reason = new CloseReason(CloseCodes.NORMAL_CLOSURE, null);
    reading.beforeNextStop(
        () -> {
          tomcat.close(reason, Runnable::run);
          await().until(reading::wasStarted);
        });
    tomcat.pause();
    assertThat(reading.isStopped()).isFalse();
  }

  @Test
  void readingStopsAgainWhenMuchMoreComesWhileItIsBeingStarted() {
    FakeSocket hub = new FakeSocket();
    CompletableFuture<Void> busy = hub.holdDemand();
    SocketInbound inbound = new SocketInbound(hub, reading.asContainer());
    inbound.offer(bytes(1));
    inbound.offer(bytes(64 * 1024));
    assertThat(reading.isStopped()).isTrue();
    reading.beforeNextStart(
        () -> {
          hub.holdDemand();
          inbound.offer(bytes(64 * 1024));
        });
    busy.complete(null);
    assertThat(reading.isStopped()).as("64 KB wait, and the hub asks for nothing").isTrue();
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  /** What Tomcat's session offers beyond the standard. */
  interface TomcatReading {
    void suspend();

    void resume();
  }

  /** Stops and starts; what a faster thread does in between comes before the effect. */
  private static final class FakeReading implements TomcatReading {
    private boolean stopped;
    private boolean started;
    private Runnable beforeStop = () -> {};
    private Runnable beforeStart = () -> {};

    Session session() {
      return (Session)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Session.class, TomcatReading.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "suspend" -> suspend();
                  case "resume" -> resume();
                  default -> {
                    return method.getReturnType() == Map.class ? Map.of() : null;
                  }
                }
                return null;
              });
    }

    ContainerSession asContainer() {
      return new ContainerSession(session()) {
        @Override
        boolean canPause() {
          return true;
        }

        @Override
        void pause() {
          suspend();
        }

        @Override
        void resume() {
          FakeReading.this.resume();
        }

        @Override
        void abort() {
          throw new AssertionError("nobody is cut");
        }
      };
    }

    void beforeNextStop(Runnable action) {
      beforeStop = action;
    }

    void beforeNextStart(Runnable action) {
      beforeStart = action;
    }

    @Override
    public void suspend() {
      Runnable before = beforeStop;
      beforeStop = () -> {};
      before.run();
      stopped = true;
    }

    @Override
    public void resume() {
      Runnable before = beforeStart;
      beforeStart = () -> {};
      before.run();
      stopped = false;
      started = true;
    }

    boolean isStopped() {
      return stopped;
    }

    boolean wasStarted() {
      return started;
    }
  }
}
