package io.hubbub.http;

import io.hubbub.TransportType;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection over WebSockets: one socket, or, where the client may come back after a lost one,
 * one after the other.
 *
 * <p>Threads: any; decides under the lock of this and acts outside it.
 */
final class WebSocketSession implements TransportSession {
  private final HttpConnection connection;

  // Guarded by this.
  private Phase phase = Phase.NEW;
  private long since;

  /** The socket in use; null before the first and after a lost one. Written under the lock. */
  private volatile @Nullable SocketEnd current;

  /** Written before the first socket is in use. */
  private volatile @Nullable ConnectionReceiver receiver;

  WebSocketSession(HttpConnection connection) {
    this.connection = connection;
    this.since = connection.now();
  }

  private enum Phase {
    /** No request yet. */
    NEW,
    /** The first socket is being opened. */
    OPENING,
    /** A socket is in use. */
    OPEN,
    /** The socket is lost, the client is awaited back. */
    LOST,
    /** The hub has ended, the client's close frame is awaited. */
    CLOSING,
    /** All is over. */
    CLOSED
  }

  private enum Arrival {
    FIRST,
    BACK,
    BUSY,
    GONE
  }

  @Override
  public TransportType type() {
    return TransportType.WEB_SOCKETS;
  }

  @Override
  public void attach(HubRequest request) {
    switch (arrive()) {
      case FIRST -> upgrade(request, new SocketEnd(this, connection, request, false));
      case BACK -> upgrade(request, new SocketEnd(this, connection, request, true));
      case BUSY -> request.answer(409);
      case GONE -> request.answer(404);
    }
  }

  private static void upgrade(HubRequest request, SocketEnd end) {
    request.exchange().upgrade(HttpResponse.empty(101), end);
  }

  private synchronized Arrival arrive() {
    switch (phase) {
      case NEW:
        phase = Phase.OPENING;
        return Arrival.FIRST;
      case OPEN, LOST:
        return connection.mayReconnect() ? Arrival.BACK : Arrival.BUSY;
      case CLOSED:
        return Arrival.GONE;
      default:
        return Arrival.BUSY;
    }
  }

  /** A socket is open. */
  void opened(SocketEnd end) {
    if (end.isBack()) {
      takeOver(end);
      return;
    }
    receiver = connection.start(end.request());
    synchronized (this) {
      if (phase == Phase.OPENING && receiver != null) {
        phase = Phase.OPEN;
        current = end;
        end.attach();
      }
    }
    if (current == end) {
      outboundReady();
    } else {
      end.abort();
    }
  }

  /** The newcomer always wins: the old socket is usually dead and does not know it yet. */
  private void takeOver(SocketEnd end) {
    ConnectionReceiver opened = receiver;
    SocketEnd former;
    synchronized (this) {
      if (opened == null || !(phase == Phase.OPEN || phase == Phase.LOST)) {
        former = end;
      } else {
        former = current;
        current = end;
        phase = Phase.OPEN;
      }
    }
    if (former != null) {
      former.abort();
    }
    if (former != end && opened != null) {
      connection.reconnect(opened, () -> resume(end));
    }
  }

  private void resume(SocketEnd end) {
    end.attachAfter(connection.demand());
    outboundReady();
  }

  @Override
  public void outboundReady() {
    SocketEnd end = current;
    ConnectionReceiver opened = receiver;
    if (end == null || opened == null || !end.isAttached()) {
      return;
    }
    Optional<ConnectionEnd> hubEnd = opened.end();
    if (hubEnd.isEmpty()) {
      end.outboundReady();
    } else if (close(end)) {
      end.close(hubEnd.get() == ConnectionEnd.GRACEFUL ? 1000 : 1011);
    }
  }

  private synchronized boolean close(SocketEnd end) {
    if (phase != Phase.OPEN || current != end) {
      return false;
    }
    phase = Phase.CLOSING;
    since = connection.now();
    return true;
  }

  /** The client ends the connection in order. */
  void closeFrame(SocketEnd end) {
    if (finish(end)) {
      connection.dispose(null);
    }
  }

  /** A socket is gone. */
  void lost(SocketEnd end, @Nullable Throwable cause) {
    if (end.isBack() && !end.wasOpened()) {
      return;
    }
    if (!awaitBack(end) && finish(end)) {
      connection.dispose(cause);
    }
  }

  private synchronized boolean awaitBack(SocketEnd end) {
    if (phase != Phase.OPEN || current != end || !connection.mayReconnect()) {
      return false;
    }
    phase = Phase.LOST;
    since = connection.now();
    current = null;
    // Under the lock, and so before another socket can take over: what still waits of this one's
    // bytes must not follow the news that the client is back.
    end.detach();
    return true;
  }

  private synchronized boolean finish(SocketEnd end) {
    if (phase == Phase.CLOSED || (current != end && phase != Phase.OPENING)) {
      return false;
    }
    phase = Phase.CLOSED;
    current = null;
    return true;
  }

  @Override
  public void tick(long now) {
    SocketEnd end = current;
    Duration limit = connection.endpoint().options().sendTimeout();
    if (end != null && end.isStuck(now, limit)) {
      lost(end, WriteWatch.failure(limit));
      end.abort();
    } else if (isOverdue(now)) {
      connection.abort(null);
    }
  }

  private synchronized boolean isOverdue(long now) {
    return switch (phase) {
      case LOST, NEW, OPENING ->
          now - since > connection.endpoint().options().disconnectTimeout().toNanos();
      case CLOSING -> now - since > connection.endpoint().options().closeTimeout().toNanos();
      default -> false;
    };
  }

  @Override
  public void abort() {
    SocketEnd end;
    synchronized (this) {
      phase = Phase.CLOSED;
      end = current;
      current = null;
    }
    if (end != null) {
      end.abort();
    }
  }
}
