package io.hubbub.transport.jakarta;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps late calls away from a container's request and response: once a request has ended, a
 * container may use the same objects for the next one, of any client. Whoever touches them does so
 * in here. The container's thread that ends the request waits until nobody does: a failing write is
 * how the container learns that a client has gone, and it ends the request on another thread while
 * that write is still on its way out.
 *
 * <p>Threads: any. Under the lock are only calls into the container, which do not wait for the
 * network; the hub's code is never called from there.
 */
final class RequestLife {
  private final AsyncContext context;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written under the lock. */
  private volatile boolean over;

  RequestLife(AsyncContext context) {
    this.context = context;
  }

  /**
   * Calls the container.
   *
   * @param call does not wait, and does not call the hub
   * @throws IOException also if the request has ended
   */
  <T> T call(Call<T> call) throws IOException {
    if (over) {
      throw ended();
    }
    lock.lock();
    try {
      if (over) {
        throw ended();
      }
      return call.make();
    } finally {
      lock.unlock();
    }
  }

  /** The same, without an answer. */
  void run(Action action) throws IOException {
    call(
        () -> {
          action.take();
          return true;
        });
  }

  /** Ends the request; does nothing when it has ended. */
  void complete() {
    if (over) {
      return;
    }
    lock.lock();
    try {
      if (!over) {
        over = true;
        context.complete();
      }
    } catch (IllegalStateException alreadyComplete) {
      // The container was faster: it ends a request whose client has gone.
    } finally {
      lock.unlock();
    }
  }

  /** The container has ended the request, or is about to. Nobody is inside when this returns. */
  void end() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing can be read or written any more. */
  static IOException ended() {
    return new IOException("The request has ended: its client has gone or the container stops");
  }

  /** Something of the container's that answers. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException;
  }

  /** Something of the container's that answers nothing. */
  @FunctionalInterface
  interface Action {
    void take() throws IOException;
  }
}
