package io.hubbub.testkit.fuzz;

import io.hubbub.http.StreamSource;
import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is written little by little: polled by one thread at a time, and read at once.
 *
 * <p>Threads: any.
 */
abstract class FuzzDownstream {
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Takes the next piece; false when there is none. */
  abstract boolean pollOne();

  /** It is gone, whoever ended it. */
  abstract void closed();

  boolean isOver() {
    return over.get();
  }

  void vanish() {
    if (over.compareAndSet(false, true)) {
      closed();
    }
  }

  void drain() {
    if (wakeUps.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      while (!over.get() && pollOne()) {
        // Read and forgotten.
      }
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  /** An answer that never ends. */
  static final class Stream extends FuzzDownstream implements StreamSource.ResponseControl {
    private final StreamSource source;

    Stream(StreamSource source) {
      this.source = source;
    }

    @Override
    boolean pollOne() {
      return source.poll() != null;
    }

    @Override
    void closed() {
      source.onClosed(null);
    }

    @Override
    public void ready() {
      drain();
    }

    @Override
    public void end() {
      drain();
      vanish();
    }

    @Override
    public void abort() {
      vanish();
    }
  }

  /** A socket whose client answers every close frame. */
  static final class Socket extends FuzzDownstream implements WebSocket {
    private final WebSocketHandler handler;

    Socket(WebSocketHandler handler) {
      this.handler = handler;
    }

    @Override
    boolean pollOne() {
      return handler.poll() != null;
    }

    @Override
    void closed() {
      handler.onClosed(null);
    }

    @Override
    public void outboundReady() {
      drain();
    }

    @Override
    public void close(int code) {
      drain();
      vanish();
    }

    @Override
    public void abort() {
      vanish();
    }
  }
}
