package io.hubbub.testkit;

import io.hubbub.ConnectionRequest;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionHandler;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of one connection without a network: for the hub a transport, for the test the client's
 * socket. What the hub writes arrives before its writing call returns, unless the client has
 * stopped reading.
 *
 * <p>Threads: any.
 */
public final class InMemoryConnection implements TransportConnection {
  private final String connectionId;
  private final InMemoryTransport.Settings settings;
  private final BlockingQueue<Payload> arrived = new LinkedBlockingQueue<>();
  private final ClientEnd client;
  private final InMemoryInbound inbound = new InMemoryInbound(this);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** How many wake-ups the drainer has not seen yet; whoever makes it 1 drains. */
  private final AtomicInteger wakeUps = new AtomicInteger();

  /** Held while one payload arrives, so that none does after the client's end has been lost. */
  private final Object delivery = new Object();

  /** Confined to the drainer. */
  private boolean toldEnd;

  private volatile @Nullable ConnectionReceiver receiver;
  private volatile Identity identity;
  private volatile TransferFormat format = TransferFormat.TEXT;
  private volatile boolean reading = true;
  private volatile boolean attached = true;
  private volatile boolean statefulReconnect;
  private volatile @Nullable ConnectionEnd ended;
  private volatile @Nullable Throwable abortCause;
  private volatile boolean aborted;

  private InMemoryConnection(
      String connectionId, InMemoryTransport.Settings settings, @Nullable ClientEnd client) {
    this.connectionId = connectionId;
    this.settings = settings;
    this.client = client == null ? arrived::add : client;
    this.identity = settings.identity();
    this.statefulReconnect = settings.statefulReconnect();
  }

  /** Who gets what the hub writes. Threads: one call at a time. */
  @FunctionalInterface
  interface ClientEnd {
    void onPayload(Payload payload);

    /**
     * The last call.
     *
     * @param aborted whether the hub cut the connection
     */
    default void onClosed(boolean aborted) {}
  }

  /**
   * @param client gets what the hub writes; null to let it wait in {@link #arrived}
   */
  static InMemoryConnection open(
      ConnectionHandler handler,
      String connectionId,
      InMemoryTransport.Settings settings,
      @Nullable ClientEnd client) {
    InMemoryConnection connection = new InMemoryConnection(connectionId, settings, client);
    connection.receiver = handler.open(connection);
    connection.drain();
    return connection;
  }

  // ---- the client's end

  /** Sends bytes; they reach the hub as one piece, when it has demand. */
  public void send(byte[] bytes) {
    inbound.add(bytes);
  }

  /** Done when the hub has taken everything that was sent up to now. */
  public CompletableFuture<Void> taken() {
    return inbound.taken();
  }

  /** Takes the next piece that the hub wrote; null when none waits. */
  public @Nullable Payload take() {
    return arrived.poll();
  }

  /** Where what the hub writes arrives. */
  public BlockingQueue<Payload> arrived() {
    return arrived;
  }

  /** Reads nothing any more: what the hub writes stays with the hub. */
  public void stopReading() {
    synchronized (delivery) {
      reading = false;
    }
  }

  /** Reads again. */
  public void resumeReading() {
    reading = true;
    drain();
  }

  /** The socket is lost, or closed by the client. */
  public void disconnect() {
    disconnect(null);
  }

  /**
   * The socket is lost, or closed by the client.
   *
   * @param cause what the transport found wrong
   */
  public void disconnect(@Nullable Throwable cause) {
    close(cause);
  }

  /** The socket is lost, for both sides. */
  void cut() {
    abort(new IOException("The socket was cut."));
  }

  /** The socket is lost; the client may come back. What is in flight is gone. */
  public void loseSocket() {
    synchronized (delivery) {
      attached = false;
      arrived.clear();
    }
  }

  /** The client comes back on a new socket. */
  public void reconnect() {
    if (!statefulReconnect) {
      throw new IllegalStateException("Expected stateful reconnect, but it is off");
    }
    hub().onReconnected();
    attached = true;
    drain();
  }

  /** The user's authentication was renewed. */
  public void changeIdentity(Identity renewed) {
    identity = renewed;
    hub().onIdentityChanged();
  }

  /** The hub's end, for what the transport tells it. */
  public ConnectionReceiver hub() {
    ConnectionReceiver known = receiver;
    if (known == null) {
      throw new IllegalStateException("Expected an open connection");
    }
    return known;
  }

  /** How the hub ended the connection; empty while it has not. */
  public Optional<ConnectionEnd> ended() {
    return Optional.ofNullable(ended);
  }

  /** Why the hub cut the connection; empty if it has not, or had no reason. */
  public Optional<Throwable> abortCause() {
    return Optional.ofNullable(abortCause);
  }

  boolean isClosed() {
    return closed.isDone();
  }

  /** Done when the connection is closed, whoever closed it. */
  public CompletableFuture<Void> closed() {
    return closed.copy();
  }

  /** The format that the hub chose. */
  public TransferFormat format() {
    return format;
  }

  // ---- the transport

  @Override
  public String connectionId() {
    return connectionId;
  }

  @Override
  public ConnectionRequest request() {
    return settings.request();
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public boolean supports(TransferFormat wanted) {
    return settings.formats().contains(wanted);
  }

  @Override
  public void useFormat(TransferFormat chosen) {
    format = chosen;
  }

  @Override
  public boolean hasInherentKeepAlive() {
    return settings.inherentKeepAlive();
  }

  @Override
  public boolean isStatefulReconnectNegotiated() {
    return statefulReconnect;
  }

  @Override
  public void disableStatefulReconnect() {
    statefulReconnect = false;
  }

  @Override
  public void outboundReady() {
    drain();
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    abortCause = cause;
    aborted = true;
    close(cause);
  }

  private void drain() {
    if (receiver == null || wakeUps.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      drainOnce();
      tellEnd();
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  private void drainOnce() {
    while (true) {
      // Asked first: what the hub queued before it ended is polled below.
      Optional<ConnectionEnd> end = hub().end();
      synchronized (delivery) {
        if (!reading || !attached || closed.isDone()) {
          return;
        }
        Payload next = hub().poll();
        if (next != null) {
          client.onPayload(next);
          continue;
        }
      }
      end.ifPresent(this::end);
      return;
    }
  }

  private void tellEnd() {
    if (closed.isDone() && !toldEnd) {
      toldEnd = true;
      client.onClosed(aborted);
    }
  }

  private void end(ConnectionEnd how) {
    ended = how;
    close(null);
  }

  private void close(@Nullable Throwable cause) {
    if (closed.complete(null)) {
      hub().onClosed(cause);
      drain();
    }
  }
}
