package io.hubbub.transport.jakarta;

import io.hubbub.http.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a container reads to the hub, one piece after the other and only as fast as the hub
 * asks for it. {@code jakarta.websocket} knows no demand: what comes while the hub is busy waits
 * here up to a limit, then the container is told to stop reading, or, where it cannot, its thread
 * waits.
 *
 * <p>Threads: the container's bring pieces and the end, not always one at a time. One thread at a
 * time delivers: the container's, or the one on which the hub asked for more. No lock is held then.
 */
final class SocketInbound {
  /** What may wait before reading stops; the inbound buffer of the original. */
  private static final int PAUSE_AT = 64 * 1024;

  /** More cannot come while reading is stopped, except out of one enormous frame. */
  private static final int REFUSE_AT = 16 * 1024 * 1024;

  private enum Phase {
    /** Nothing to do. */
    IDLE,
    /** A thread hands pieces to the hub. */
    DELIVERING,
    /** The hub has a piece and has not asked for more. */
    AWAITING_DEMAND,
    /** The end has been told. */
    ENDED
  }

  private final WebSocketHandler handler;
  private final ContainerSession session;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomLeft = lock.newCondition();

  /** Guarded by {@link #lock}. */
  private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

  /** Guarded by {@link #lock}. */
  private int waitingBytes;

  /** Guarded by {@link #lock}. */
  private Phase phase = Phase.IDLE;

  /** Whether reading has been stopped. Guarded by {@link #lock}. */
  private boolean paused;

  /** What to do when all has been delivered. Guarded by {@link #lock}. */
  private @Nullable Runnable end;

  SocketInbound(WebSocketHandler handler, ContainerSession session) {
    this.handler = handler;
    this.session = session;
  }

  /** A piece of a message; the container's again after the call. */
  void offer(ByteBuffer piece) {
    if (!piece.hasRemaining()) {
      return;
    }
    boolean pause = false;
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      if (phase != Phase.IDLE) {
        pause = queue(piece);
      } else {
        phase = Phase.DELIVERING;
      }
    } finally {
      lock.unlock();
    }
    if (pause) {
      pause();
    } else if (piece.hasRemaining()) {
      deliver(piece);
    }
  }

  /**
   * The container has told of the end.
   *
   * @param lost whether pieces that wait are worth nothing any more
   * @param action runs once, last; only that of the first call
   */
  void end(boolean lost, Runnable action) {
    boolean now;
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      end = action;
      if (lost) {
        waiting.clear();
      }
      roomLeft.signalAll();
      now = phase != Phase.DELIVERING && waiting.isEmpty();
      if (now) {
        phase = Phase.ENDED;
      }
    } finally {
      lock.unlock();
    }
    if (now) {
      action.run();
    }
  }

  /** Keeps a copy. Called under the lock; answers whether reading must be stopped. */
  private boolean queue(ByteBuffer piece) {
    ByteBuffer copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
    waiting.add(copy);
    waitingBytes += copy.remaining();
    if (waitingBytes < PAUSE_AT) {
      return false;
    }
    if (!session.canPause()) {
      while (waitingBytes >= PAUSE_AT && end == null) {
        roomLeft.awaitUninterruptibly();
      }
      return false;
    }
    boolean first = !paused;
    paused = true;
    return first || waitingBytes >= REFUSE_AT;
  }

  private void pause() {
    tellContainer();
    boolean refuse;
    lock.lock();
    try {
      refuse = waitingBytes >= REFUSE_AT;
    } finally {
      lock.unlock();
    }
    if (refuse) {
      session.abort();
    }
  }

  /**
   * Stops or starts reading. Meanwhile the hub may have caught up, or more may have come, and the
   * thread that saw it may have told so before us: who has told looks whether it still holds.
   */
  private void tellContainer() {
    boolean stop;
    do {
      stop = isPaused();
      if (stop) {
        session.pause();
      } else {
        session.resume();
      }
    } while (stop != isPaused());
  }

  private boolean isPaused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(ByteBuffer first) {
    @Nullable ByteBuffer piece = first;
    while (piece != null) {
      CompletableFuture<Void> demand = handler.onBytes(piece).toCompletableFuture();
      if (!demand.isDone()) {
        if (awaitDemand()) {
          demand.whenComplete((done, failure) -> demanded());
        }
        return;
      }
      piece = next();
    }
  }

  private boolean awaitDemand() {
    Runnable last = null;
    lock.lock();
    try {
      if (end != null && waiting.isEmpty()) {
        phase = Phase.ENDED;
        last = end;
      } else {
        phase = Phase.AWAITING_DEMAND;
      }
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.run();
    }
    return last == null;
  }

  private void demanded() {
    lock.lock();
    try {
      if (phase == Phase.ENDED) {
        return;
      }
      phase = Phase.DELIVERING;
    } finally {
      lock.unlock();
    }
    ByteBuffer piece = next();
    if (piece != null) {
      deliver(piece);
    }
  }

  /** The next piece; null when there is none, and then nobody delivers any more. */
  private @Nullable ByteBuffer next() {
    Runnable last = null;
    @Nullable ByteBuffer piece;
    boolean resume;
    lock.lock();
    try {
      piece = waiting.poll();
      if (piece != null) {
        waitingBytes -= piece.remaining();
      } else if (end != null) {
        phase = Phase.ENDED;
        last = end;
      } else {
        phase = Phase.IDLE;
      }
      resume = makeRoom();
    } finally {
      lock.unlock();
    }
    if (resume) {
      tellContainer();
    }
    if (last != null) {
      last.run();
    }
    return piece;
  }

  /** Called under the lock; answers whether reading must go on. */
  private boolean makeRoom() {
    if (waitingBytes >= PAUSE_AT / 2) {
      return false;
    }
    roomLeft.signalAll();
    boolean was = paused && end == null;
    paused = false;
    return was;
  }
}
