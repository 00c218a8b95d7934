package io.hubbub.transport.jakarta;

import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import io.hubbub.http.WebSocketHandler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered asynchronously: no thread waits for the hub, none for the client.
 *
 * <p>Threads: any, one at a time; the container tells of a lost client on a thread of its own.
 */
final class AsyncExchange extends ServletExchange implements AsyncListener {
  private static final Runnable NOTHING = () -> {};

  private final RequestLife life;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  /** What to do when the client goes; null once it has gone, and stays so. */
  private final AtomicReference<@Nullable Runnable> aborted = new AtomicReference<>(NOTHING);

  /** Null until the body is read. */
  private volatile @Nullable BodyPump body;

  /** Null until there is an answer. */
  private volatile @Nullable ResponsePump pump;

  AsyncExchange(HttpServletRequest request, HttpServletResponse response, RoleNames roles) {
    super(request, roles);
    this.request = request;
    this.response = response;
    AsyncContext context = request.startAsync(request, response);
    this.life = new RequestLife(context);
    context.setTimeout(0);
    context.addListener(this);
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return false;
  }

  @Override
  public void readBody(BodyReader reader) {
    BodyPump reading = new BodyPump(life, reader);
    body = reading;
    try {
      life.run(() -> reading.start(request.getInputStream()));
    } catch (IOException | IllegalStateException e) {
      reading.onError(e);
    }
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse answer) {
    ResponsePump whole = ResponsePump.whole(life, answer.body());
    start(whole, answer);
    return whole.finished();
  }

  @Override
  public void abort() {
    ResponsePump started = pump;
    if (started == null) {
      life.complete();
    } else {
      started.abort();
    }
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    ResponsePump streaming = ResponsePump.stream(life, head.body(), source);
    source.onOpen(streaming);
    start(streaming, head);
  }

  private void start(ResponsePump started, HttpResponse head) {
    pump = started;
    try {
      life.run(() -> begin(started, head));
    } catch (IOException | IllegalStateException e) {
      started.onError(e);
    }
  }

  private void begin(ResponsePump started, HttpResponse head) throws IOException {
    Heads.write(head, response);
    if (started.isWhole() && head.status() != HttpServletResponse.SC_NO_CONTENT) {
      response.setContentLength(head.body().length);
    }
    started.start(response.getOutputStream());
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    throw new IllegalStateException("Expected an answer, but this request is no WebSocket upgrade");
  }

  @Override
  public void onAborted(Runnable action) {
    Runnable before;
    do {
      before = aborted.get();
    } while (before != null && !aborted.compareAndSet(before, action));
    if (before == null) {
      action.run();
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    Runnable action = aborted.getAndSet(null);
    if (action != null) {
      action.run();
    }
    life.complete();
    life.end();
    Throwable cause = Objects.requireNonNullElseGet(event.getThrowable(), RequestLife::ended);
    BodyPump reading = body;
    if (reading != null) {
      reading.onError(cause);
    }
    ResponsePump started = pump;
    if (started != null) {
      started.onError(cause);
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    onError(event);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    life.end();
    // A client that has gone has gone for those who ask later, too.
    aborted.updateAndGet(action -> action == null ? null : NOTHING);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
