package io.hubbub.testkit;

import io.hubbub.ConnectionRequest;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionHandler;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
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
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** How many wake-ups the drainer has not seen yet; whoever makes it 1 drains. */
  private final AtomicInteger wakeUps = new AtomicInteger();

  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
  private boolean feeding;
  private CompletableFuture<Void> allTaken = new CompletableFuture<>();

  private volatile @Nullable ConnectionReceiver receiver;
  private volatile Identity identity;
  private volatile TransferFormat format = TransferFormat.TEXT;
  private volatile boolean reading = true;
  private volatile boolean attached = true;
  private volatile boolean statefulReconnect;
  private volatile @Nullable ConnectionEnd ended;
  private volatile @Nullable Throwable abortCause;

  private InMemoryConnection(String connectionId, InMemoryTransport.Settings settings) {
    this.connectionId = connectionId;
    this.settings = settings;
    this.identity = settings.identity();
    this.statefulReconnect = settings.statefulReconnect();
  }

  static InMemoryConnection open(
      ConnectionHandler handler, String connectionId, InMemoryTransport.Settings settings) {
    InMemoryConnection connection = new InMemoryConnection(connectionId, settings);
    connection.receiver = handler.open(connection);
    connection.drain();
    return connection;
  }

  // ---- the client's end

  /** Sends bytes; they reach the hub as one piece, when it has demand. */
  public void send(byte[] bytes) {
    synchronized (lock) {
      unread.add(bytes);
      if (feeding) {
        return;
      }
      feeding = true;
    }
    feed();
  }

  /** Done when the hub has taken everything that was sent up to now. */
  public CompletableFuture<Void> taken() {
    synchronized (lock) {
      return feeding ? allTaken.copy() : CompletableFuture.completedFuture(null);
    }
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
    reading = false;
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

  /** The socket is lost; the client may come back. What is in flight is gone. */
  public void loseSocket() {
    attached = false;
    arrived.clear();
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
    close(cause);
  }

  private void drain() {
    if (receiver == null || wakeUps.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      drainOnce();
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  private void drainOnce() {
    while (reading && attached && !closed.isDone()) {
      Payload next = hub().poll();
      if (next == null) {
        hub().end().ifPresent(this::end);
        return;
      }
      arrived.add(next);
    }
  }

  private void end(ConnectionEnd how) {
    ended = how;
    close(null);
  }

  private void close(@Nullable Throwable cause) {
    if (closed.complete(null)) {
      hub().onClosed(cause);
    }
  }

  private void feed() {
    for (byte[] next = nextUnread(); next != null; next = nextUnread()) {
      byte[] lent = next.clone();
      CompletableFuture<Void> taken = hub().onBytes(ByteBuffer.wrap(lent)).toCompletableFuture();
      // The bytes were the hub's only during the call: one that still reads them shall notice.
      Arrays.fill(lent, (byte) '#');
      if (!taken.isDone()) {
        taken.whenComplete((done, none) -> feed());
        return;
      }
    }
  }

  private byte @Nullable [] nextUnread() {
    CompletableFuture<Void> finished;
    synchronized (lock) {
      byte[] next = closed.isDone() ? null : unread.poll();
      if (next != null) {
        return next;
      }
      feeding = false;
      finished = allTaken;
      allTaken = new CompletableFuture<>();
    }
    finished.complete(null);
    return null;
  }
}
