package io.hubbub.client.internal.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits for all sockets. It lives as long as the process once it is needed, as
 * a daemon.
 *
 * <p>Threads: everything may be asked from any thread; sockets are touched on its own.
 */
final class IoLoop {
  private static final int READ_BYTES = 64 * 1024;
  private static final long LINGER_NANOS = 5_000_000_000L;
  private static final long LINGER_TICK_MILLIS = 1000;
  private static final Logger log = LoggerFactory.getLogger(IoLoop.class);

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Thread thread;

  /** Confined to the loop's thread. */
  private final ByteBuffer shared = ByteBuffer.allocateDirect(READ_BYTES);

  /** Confined to the loop's thread. In the order of their deadlines. */
  private final ArrayDeque<Lingering> lingering = new ArrayDeque<>();

  /** A connection whose other direction is still open. */
  private record Lingering(SocketConnection connection, long deadline) {}

  private IoLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected the system to have selectors", e);
    }
    thread = new Thread(this::run, "hubbub-client-io");
    thread.setDaemon(true);
    thread.start();
  }

  /** The one of this process. */
  static IoLoop shared() {
    return Shared.LOOP;
  }

  /** Reads from a connection from now on; what has come already first. */
  void register(SocketConnection connection, ByteBuffer early) {
    execute(
        () -> {
          try {
            connection.deliverEarly(early);
            if (connection.channel().isOpen()) {
              connection.registered(
                  connection.channel().register(selector, SelectionKey.OP_READ, connection));
              connection.readable(shared);
            }
          } catch (ClosedChannelException e) {
            log.debug("A socket was closed before it was read", e);
          }
        });
  }

  /** Calls {@link SocketConnection#writable} when the socket takes bytes again. */
  void awaitWritable(SocketConnection connection) {
    SelectionKey key = connection.channel().keyFor(selector);
    if (key == null) {
      if (connection.channel().isOpen()) {
        // Written to before it was registered: that task is ahead of this one.
        execute(() -> awaitWritable(connection));
      }
    } else if (key.isValid()) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      wakeUp();
    }
  }

  /** A channel was closed; its key goes with the next round. */
  void forget() {
    wakeUp();
  }

  /**
   * Closes a connection that has said its last word, when the server has, too, or after a while.
   */
  void linger(SocketConnection connection) {
    execute(() -> lingering.add(new Lingering(connection, System.nanoTime() + LINGER_NANOS)));
  }

  private void closeOverdue() {
    Lingering next = lingering.peek();
    while (next != null
        && (!next.connection().channel().isOpen() || next.deadline() - System.nanoTime() < 0)) {
      next.connection().closeChannel();
      lingering.remove();
      next = lingering.peek();
    }
  }

  /** Runs an action on the loop's thread, at once where that is the caller's. */
  void call(Runnable action) {
    if (Thread.currentThread() == thread) {
      action.run();
    } else {
      execute(action);
    }
  }

  private void execute(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  private void wakeUp() {
    if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  @SuppressWarnings("IllegalCatch") // one connection's failure must not stop the others
  private void run() {
    while (true) {
      try {
        selector.select(this::ready, lingering.isEmpty() ? 0 : LINGER_TICK_MILLIS);
        woken.set(false);
        runTasks();
        closeOverdue();
      } catch (IOException | RuntimeException | Error e) {
        log.error("The client's I/O loop goes on after a failure", e);
      }
    }
  }

  @SuppressWarnings("IllegalCatch") // those behind it would wait for the next event of any socket
  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("The client's I/O loop goes on after a failure", e);
      }
    }
  }

  private void ready(SelectionKey key) {
    SocketConnection connection = (SocketConnection) key.attachment();
    try {
      if (key.isValid() && key.isWritable()) {
        connection.writable();
      }
      if (key.isValid() && key.isReadable()) {
        connection.readable(shared);
      }
    } catch (CancelledKeyException e) {
      log.trace("A socket was closed while it was ready", e);
    }
  }

  /** Made on first use. */
  private static final class Shared {
    static final IoLoop LOOP = new IoLoop();
  }
}
