package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.backplane.EchoLedger.Echo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel that this node listens to, for as long as somebody holds it and until it is
 * unsubscribed then.
 *
 * <p>Threads: confined to the channel's {@link SerialQueue}; {@link #expectEcho}, {@link #receive}
 * and {@link #messagesWereLost}: any.
 */
final class Lane {
  private final Consumer<byte[]> handler;
  private final EchoLedger echoes = new EchoLedger();
  private final Deque<Consumer<@Nullable Throwable>> waiting = new ArrayDeque<>(1);

  private int holders;
  private @Nullable Throwable failure; // why messages do not come, until it is tried again

  /** Messages come, or will as soon as the backplane is back; written in the serial queue. */
  private volatile boolean open;

  /**
   * @param handler gets other nodes' messages, and those of this node that it has not delivered yet
   */
  Lane(Consumer<byte[]> handler) {
    this.handler = handler;
  }

  void hold() {
    holders++;
  }

  /** Whether nobody holds it any more. It is not open then: echoes may not come back to it. */
  boolean release() {
    holders--;
    open = open && isHeld();
    return !isHeld();
  }

  boolean isHeld() {
    return holders > 0;
  }

  /** Runs a task when messages come, after those that wait already; told what went wrong if not. */
  void whenOpen(Consumer<@Nullable Throwable> task) {
    if (open || failure != null) {
      task.accept(failure); // none while it is open
    } else {
      waiting.add(task);
    }
  }

  /** Comes too late when nobody holds it any more; who waits is told all the same. */
  void open() {
    open = isHeld() && failure == null;
    runWaiting(null);
  }

  /** Messages will not come. Who has been told that it is open goes on without them. */
  void fail(Throwable cause) {
    failure = open ? null : cause;
    runWaiting(cause);
  }

  /**
   * It is to be tried again, if it has failed.
   *
   * @return whether it had
   */
  boolean forgetFailure() {
    boolean failed = failure != null;
    failure = null;
    return failed;
  }

  private void runWaiting(@Nullable Throwable cause) {
    Consumer<@Nullable Throwable> task = waiting.poll();
    while (task != null) {
      task.accept(cause);
      task = waiting.poll();
    }
  }

  /**
   * A message is about to be published here.
   *
   * @return what to tell of its fate; the caller then delivers it to its own connections itself.
   *     Empty while the subscription is not confirmed: nobody here has been told yet that they are
   *     reachable, and the message comes back for whoever then is
   */
  Optional<Echo> expectEcho(byte[] message) {
    return open ? Optional.of(echoes.expect(message, System.nanoTime())) : Optional.empty();
  }

  void notPublished(Echo echo) {
    echoes.notPublished(echo);
  }

  void messagesWereLost() {
    echoes.forgetPublished();
  }

  void receive(byte[] message) {
    if (!echoes.isEcho(message, System.nanoTime())) {
      handler.accept(message);
    }
  }
}
