package io.hubbub.http;

import io.hubbub.TransportType;
import io.hubbub.protocol.Payload;
import io.hubbub.spi.ConnectionReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection over Server-Sent Events: one answer that never ends; the way up is POST.
 *
 * <p>Threads: any; decides under the lock of this and acts outside it.
 */
final class EventStream implements TransportSession, StreamSource {
  /** A comment, so that the browser's event source opens at once. */
  private static final byte[] OPENING = ":\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final HttpResponse HEAD =
      new HttpResponse(
          200,
          List.of(
              Map.entry("Content-Type", "text/event-stream"),
              Map.entry("Cache-Control", "no-cache,no-store"),
              Map.entry("Pragma", "no-cache"),
              Map.entry("Content-Encoding", "identity")),
          OPENING);

  private final HttpConnection connection;
  private final WriteWatch watch = new WriteWatch();

  // Guarded by this.
  private @Nullable HubRequest request;
  private boolean ending;

  // Written when the answer is on its way; the control is null again after its end.
  private volatile @Nullable ResponseControl control;
  private volatile @Nullable ConnectionReceiver receiver;

  EventStream(HttpConnection connection) {
    this.connection = connection;
  }

  @Override
  public TransportType type() {
    return TransportType.SERVER_SENT_EVENTS;
  }

  @Override
  public void attach(HubRequest arrived) {
    if (isFirst(arrived)) {
      arrived.exchange().stream(HEAD, this);
    } else {
      arrived.answer(connection.isDisposed() ? 404 : 409);
    }
  }

  private synchronized boolean isFirst(HubRequest arrived) {
    if (request != null) {
      return false;
    }
    request = arrived;
    return true;
  }

  private synchronized HubRequest request() {
    return Objects.requireNonNull(request, "no stream before its request");
  }

  @Override
  public void onOpen(ResponseControl opened) {
    control = opened;
    receiver = connection.start(request());
    if (receiver == null) {
      opened.abort();
    } else {
      outboundReady();
    }
  }

  @Override
  public void outboundReady() {
    ResponseControl open = control;
    ConnectionReceiver hub = receiver;
    if (open == null || hub == null) {
      return;
    }
    if (hub.end().isEmpty()) {
      open.ready();
    } else if (isFirstEnd()) {
      open.end();
    }
  }

  private synchronized boolean isFirstEnd() {
    boolean first = !ending;
    ending = true;
    return first;
  }

  @Override
  public @Nullable ByteBuffer poll() {
    Payload next = connection.poll();
    watch.polled(next != null);
    return next == null ? null : EventFormat.event(next);
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    // Containers use the objects behind it for other requests now.
    control = null;
    connection.dispose(cause);
  }

  @Override
  public void tick(long now) {
    ResponseControl open = control;
    Duration limit = connection.endpoint().options().sendTimeout();
    if (open != null && watch.isStuck(now, limit, open.isWriting())) {
      connection.abort(WriteWatch.failure(limit));
    }
  }

  @Override
  public void abort() {
    ResponseControl open = control;
    if (open != null) {
      open.abort();
    }
  }
}
