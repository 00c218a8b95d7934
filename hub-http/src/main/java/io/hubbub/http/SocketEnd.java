package io.hubbub.http;

import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The hub's end of one socket. A connection may see several, one after the other.
 *
 * <p>Threads: as a WebSocket handler; the others any.
 */
final class SocketEnd implements WebSocketHandler {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final WebSocketSession session;
  private final HttpConnection connection;
  private final HubRequest request;
  private final boolean back;
  private final WriteWatch watch = new WriteWatch();

  /** Done when the hub may get bytes from this socket; what the client sends before waits. */
  private final CompletableFuture<Void> readable = new CompletableFuture<>();

  private volatile @Nullable WebSocket socket;

  /** Whether it is this socket that is polled. */
  private volatile boolean attached;

  /** The socket is lost or another has taken over: the client sends what it sent here again. */
  private volatile boolean replaced;

  /**
   * @param back whether the client is back on this socket after it lost another
   */
  SocketEnd(WebSocketSession session, HttpConnection connection, HubRequest request, boolean back) {
    this.session = session;
    this.connection = connection;
    this.request = request;
    this.back = back;
  }

  HubRequest request() {
    return request;
  }

  boolean isBack() {
    return back;
  }

  boolean wasOpened() {
    return socket != null;
  }

  boolean isAttached() {
    return attached && !replaced;
  }

  void attach() {
    attached = true;
    readable.complete(null);
  }

  /** The same, but the hub gets nothing before it has taken all that another socket brought. */
  void attachAfter(CompletionStage<Void> demand) {
    attached = true;
    demand.whenComplete((done, failure) -> readable.complete(null));
  }

  void outboundReady() {
    WebSocket open = socket;
    if (open != null) {
      open.outboundReady();
    }
  }

  void close(int code) {
    WebSocket open = socket;
    if (open != null) {
      open.close(code);
    }
  }

  /** From here on nothing of this socket reaches the hub, nor the other way round. */
  void detach() {
    replaced = true;
  }

  void abort() {
    detach();
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  /** Whether the client has not read for too long. */
  boolean isStuck(long now, Duration limit) {
    WebSocket open = socket;
    return open != null && watch.isStuck(now, limit, open.isWriting());
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    session.opened(this);
  }

  @Override
  public CompletionStage<Void> onBytes(ByteBuffer bytes) {
    if (replaced) {
      return DONE;
    }
    return readable.isDone() ? connection.deliver(bytes) : deliverLater(bytes);
  }

  private CompletionStage<Void> deliverLater(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return readable.thenCompose(
        done -> replaced ? DONE : connection.deliver(ByteBuffer.wrap(copy)));
  }

  @Override
  public @Nullable Payload poll() {
    Payload next = isAttached() ? connection.poll() : null;
    watch.polled(next != null);
    return next;
  }

  @Override
  public void onCloseFrame() {
    session.closeFrame(this);
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    session.lost(this, cause);
  }
}
