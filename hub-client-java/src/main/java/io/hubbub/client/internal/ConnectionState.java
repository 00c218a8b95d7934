package io.hubbub.client.internal;

import io.hubbub.client.HubConnectionState;
import io.hubbub.client.internal.transport.ConnectAttempt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection stands, and what may happen next. It only decides: who asks is told whether
 * the step is theirs, and acts outside.
 *
 * <p>Threads: any; every method is short and holds a private lock.
 */
final class ConnectionState {
  private final Object lock = new Object();

  // Guarded by lock. The attempt is there while connecting or reconnecting, the link while
  // connected
  // or disconnecting.
  private HubConnectionState state = HubConnectionState.DISCONNECTED;
  private @Nullable ConnectAttempt attempt;
  private @Nullable Link link;

  HubConnectionState current() {
    synchronized (lock) {
      return state;
    }
  }

  /** The link that calls go to; empty while not connected. */
  Optional<Link> connectedLink() {
    synchronized (lock) {
      return state == HubConnectionState.CONNECTED ? Optional.ofNullable(link) : Optional.empty();
    }
  }

  /** Begins a start. Whether it may. */
  boolean beginStart(ConnectAttempt begun) {
    synchronized (lock) {
      if (state != HubConnectionState.DISCONNECTED) {
        return false;
      }
      state = HubConnectionState.CONNECTING;
      attempt = begun;
      return true;
    }
  }

  /** An attempt came through. Whether anybody still wants its link. */
  boolean connected(ConnectAttempt through, Link made) {
    synchronized (lock) {
      if (attempt != through) {
        return false;
      }
      state = HubConnectionState.CONNECTED;
      attempt = null;
      link = made;
      return true;
    }
  }

  /** A start, or all of a reconnect, failed. Whether that is news. */
  boolean gaveUp(ConnectAttempt failed) {
    synchronized (lock) {
      if (attempt != failed) {
        return false;
      }
      attempt = null;
      state = HubConnectionState.DISCONNECTED;
      return true;
    }
  }

  /** A link was lost and could be replaced. Whether to do so: not while it is being stopped. */
  boolean beginReconnect(Link lost, ConnectAttempt begun) {
    synchronized (lock) {
      if (link != lost || state != HubConnectionState.CONNECTED) {
        return false;
      }
      state = HubConnectionState.RECONNECTING;
      link = null;
      attempt = begun;
      return true;
    }
  }

  /** A link is over for good. Whether that is news. */
  boolean closed(Link over) {
    synchronized (lock) {
      if (link != over) {
        return false;
      }
      link = null;
      state = HubConnectionState.DISCONNECTED;
      return true;
    }
  }

  /** The application wants an end. */
  Stop stop() {
    synchronized (lock) {
      Stop stop = new Stop(Optional.ofNullable(attempt), Optional.ofNullable(link));
      attempt = null;
      state = link == null ? HubConnectionState.DISCONNECTED : HubConnectionState.DISCONNECTING;
      return stop;
    }
  }

  /**
   * What a stop has to end.
   *
   * @param attempt to be canceled
   * @param link to be closed
   */
  record Stop(Optional<ConnectAttempt> attempt, Optional<Link> link) {}
}
