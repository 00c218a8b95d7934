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

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  /** Null once it has been run, or once the answer is complete. */
  private final AtomicReference<@Nullable Runnable> aborted = new AtomicReference<>(NOTHING);

  /** Null until there is an answer. */
  private volatile @Nullable ResponsePump pump;

  AsyncExchange(HttpServletRequest request, HttpServletResponse response, RoleNames roles) {
    super(request, roles);
    this.request = request;
    this.response = response;
    this.context = request.startAsync(request, response);
    context.setTimeout(0);
    context.addListener(this);
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return false;
  }

  @Override
  public void readBody(BodyReader reader) {
    try {
      new BodyPump(request.getInputStream(), reader).start();
    } catch (IOException e) {
      reader.onError(e);
    }
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse answer) {
    Heads.write(answer, response);
    if (answer.status() != HttpServletResponse.SC_NO_CONTENT) {
      response.setContentLength(answer.body().length);
    }
    ResponsePump whole = ResponsePump.whole(context, answer.body());
    start(whole);
    return whole.finished();
  }

  @Override
  public void abort() {
    ResponsePump started = pump;
    if (started == null) {
      context.complete();
    } else {
      started.abort();
    }
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    Heads.write(head, response);
    ResponsePump streaming = ResponsePump.stream(context, head.body(), source);
    source.onOpen(streaming);
    start(streaming);
  }

  private void start(ResponsePump started) {
    pump = started;
    try {
      started.start(response.getOutputStream());
    } catch (IOException | IllegalStateException e) {
      started.onError(e);
    }
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
    ResponsePump started = pump;
    if (started == null) {
      context.complete();
    } else {
      started.onError(event.getThrowable());
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    onError(event);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    aborted.set(NOTHING);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
