package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import io.hubbub.TransportType;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client, whatever requests it is made of: from negotiate to its last byte.
 *
 * <p>Threads: any.
 */
final class HttpConnection implements TransportConnection {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

  private final ConnectionKey key;
  private final HubEndpoint endpoint;
  private final boolean statefulNegotiated;
  private final ConnectionTable table;
  private final long createdAt;
  private final CallGate gate = new CallGate();
  private final Inbound inbound = new Inbound(gate);
  private final PostQueue posts = new PostQueue(this);

  private volatile ConnectionRequest request;
  private volatile Identity identity;
  private volatile boolean reconnectDisabled;

  // The next three are written under the lock of this.
  private volatile @Nullable TransportSession session;
  private volatile @Nullable ConnectionReceiver receiver;
  private volatile boolean disposed;

  /** Only the heartbeat touches it. */
  private boolean closeRequested;

  HttpConnection(ConnectionKey key, HubRequest made, boolean stateful, ConnectionTable table) {
    this.key = key;
    this.endpoint = made.endpoint();
    this.request = made.exchange().request();
    this.identity = made.identity();
    this.statefulNegotiated = stateful;
    this.table = table;
    this.createdAt = table.now();
  }

  ConnectionKey key() {
    return key;
  }

  HubEndpoint endpoint() {
    return endpoint;
  }

  PostQueue posts() {
    return posts;
  }

  /** Time as the heartbeat sees it. */
  long now() {
    return table.now();
  }

  /** The session of a transport, made now or before; empty if the connection has ended. */
  synchronized @Nullable TransportSession session(
      TransportType type, Function<HttpConnection, TransportSession> maker) {
    if (disposed) {
      return null;
    }
    TransportSession known = session;
    if (known == null) {
      known = maker.apply(this);
      session = known;
      table.started(this);
      log.debug("Connection {} starts over {}", key.id(), type.wireName());
    }
    return known;
  }

  /** The transport, once a GET has chosen it. */
  @Nullable TransportSession session() {
    return session;
  }

  /**
   * Lets the hub run. The request is what it sees of the client from now on.
   *
   * @return the hub's end; null if the connection has ended, or ends because the hub failed
   */
  @Nullable ConnectionReceiver start(HubRequest first) {
    if (disposed) {
      return null;
    }
    request = first.exchange().request();
    try {
      ConnectionReceiver opened = endpoint.handler().open(this);
      if (accept(opened)) {
        inbound.open(opened);
        return opened;
      }
      opened.onClosed(null);
    } catch (RuntimeException failure) {
      log.error("Connection {} could not be started", key.id(), failure);
      dispose(failure);
    }
    return null;
  }

  private synchronized boolean accept(ConnectionReceiver opened) {
    if (!disposed) {
      receiver = opened;
    }
    return !disposed;
  }

  /** Bytes from the client. The stage is the demand. */
  CompletionStage<Void> deliver(ByteBuffer bytes) {
    return inbound.deliver(bytes);
  }

  /** The demand of the latest bytes that the hub has got, whichever request brought them. */
  CompletionStage<Void> demand() {
    return inbound.demand();
  }

  /** What is to be sent next; null when nothing waits or the client is about to be back. */
  @Nullable Payload poll() {
    ConnectionReceiver opened = receiver;
    if (opened == null || !gate.enter()) {
      return null;
    }
    try {
      return opened.poll();
    } finally {
      gate.exit();
    }
  }

  /** Tells the hub that the client is back, then goes on; nothing is polled meanwhile. */
  void reconnect(ConnectionReceiver opened, Runnable next) {
    gate.whenQuiet(opened::onReconnected, next);
  }

  /** Takes over who makes the latest request. */
  void identify(Identity latest) {
    Identity former = identity;
    identity = latest;
    ConnectionReceiver opened = receiver;
    if (opened != null && !Identities.saySame(former, latest)) {
      gate.call(opened::onIdentityChanged);
    }
  }

  /** Asks the hub for an end in order; without a hub this is the end. */
  void requestClose() {
    ConnectionReceiver opened = receiver;
    if (opened == null) {
      dispose(null);
    } else {
      gate.call(opened::requestClose);
    }
  }

  /** A second has passed. */
  void tick(long now) {
    TransportSession current = session;
    if (current == null) {
      if (now - createdAt > endpoint.options().disconnectTimeout().toNanos()) {
        dispose(null);
      }
      return;
    }
    if (!closeRequested && table.isExpired(this)) {
      closeRequested = true;
      log.debug("The authentication of connection {} has expired", key.id());
      requestClose();
    }
    current.tick(now);
  }

  /** No request finds the connection any more; what runs goes on to its end. */
  void forget() {
    table.forget(this);
  }

  /**
   * The connection has ended, its transport too. Idempotent.
   *
   * @return whether it had not ended before
   */
  boolean dispose(@Nullable Throwable cause) {
    ConnectionReceiver opened;
    synchronized (this) {
      if (disposed) {
        return false;
      }
      disposed = true;
      opened = receiver;
    }
    table.remove(this);
    posts.close();
    gate.closeWhenQuiet(opened == null ? () -> {} : () -> opened.onClosed(cause));
    log.debug("Connection {} has ended", key.id());
    return true;
  }

  boolean isDisposed() {
    return disposed;
  }

  @Override
  public String connectionId() {
    return key.id();
  }

  @Override
  public ConnectionRequest request() {
    return request;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public boolean supports(TransferFormat format) {
    TransportSession current = session;
    return current != null && current.type().supports(format);
  }

  @Override
  public void useFormat(TransferFormat format) {
    // Every payload says its own format.
  }

  @Override
  public boolean hasInherentKeepAlive() {
    TransportSession current = session;
    return current != null && current.type() == TransportType.LONG_POLLING;
  }

  @Override
  public boolean isStatefulReconnectNegotiated() {
    return statefulNegotiated;
  }

  @Override
  public void disableStatefulReconnect() {
    reconnectDisabled = true;
  }

  /** Whether the client may come back on another socket. */
  boolean mayReconnect() {
    return statefulNegotiated && !reconnectDisabled;
  }

  @Override
  public void outboundReady() {
    TransportSession current = session;
    if (current != null) {
      current.outboundReady();
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    // First, so that it is this cause that the hub is told. A transport that has ended by itself
    // may still be taking its leave and is left alone.
    boolean ends = dispose(cause);
    TransportSession current = session;
    if (ends && current != null) {
      current.abort();
    }
  }
}
