package io.hubbub.testkit.fuzz;

import io.hubbub.ConnectionRequest;
import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.spi.Identity;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request in memory and what becomes of it, as strict as a server: who answers twice is noted.
 *
 * <p>Threads: any.
 */
final class FuzzExchange implements HttpExchange, ConnectionRequest {
  private static final int PORT = 5000;

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final CompletableFuture<Void> written = new CompletableFuture<>();

  // Guarded by this.
  private final List<String> violations = new ArrayList<>();
  private @Nullable HttpResponse answer;
  private boolean slowToRead;
  private boolean aborted;
  private Runnable onAborted = () -> {};
  private @Nullable FuzzBody body;
  private @Nullable FuzzDownstream downstream;

  FuzzExchange(String method, String target) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
  }

  FuzzExchange header(String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    return this;
  }

  /** What comes of the body is read by the request's reader as it wants it. */
  FuzzExchange body(FuzzBody given) {
    body = given;
    return this;
  }

  /** The answer is not read by the client. */
  FuzzExchange slowToRead() {
    slowToRead = true;
    return this;
  }

  /** The client goes away. */
  void goAway() {
    Runnable action;
    FuzzDownstream open;
    FuzzBody left;
    synchronized (this) {
      aborted = true;
      action = onAborted;
      open = downstream;
      left = body;
    }
    if (left != null) {
      left.breakOff();
    }
    if (open != null) {
      open.vanish();
    }
    action.run();
    written.complete(null);
  }

  /** The status; 0 while there is none. */
  synchronized int status() {
    return answer == null ? 0 : answer.status();
  }

  /** Waits for the status. */
  synchronized int awaitAnswer(long limit, TimeUnit unit) {
    long end = System.nanoTime() + unit.toNanos(limit);
    try {
      for (long left = unit.toMillis(limit); answer == null && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status();
  }

  synchronized byte[] answerBody() {
    return answer == null ? new byte[0] : answer.body();
  }

  /** Whether nobody waits for anything here any more. */
  synchronized boolean isOver() {
    return aborted || (answer != null && (downstream == null || downstream.isOver()));
  }

  /** Whether the answer goes on until somebody ends it. */
  synchronized boolean isStream() {
    return downstream != null;
  }

  /** What the other side did that it must not do. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  private synchronized boolean answers(HttpResponse response) {
    if (answer != null) {
      violations.add("answered " + answer.status() + " and then " + response.status());
      return false;
    }
    answer = response;
    notifyAll();
    response.headers().stream()
        .filter(header -> (header.getKey() + header.getValue()).matches("(?s).*[\r\n].*"))
        .forEach(header -> violations.add("a line break in " + header));
    return true;
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse response) {
    if (answers(response) && !slowToRead) {
      written.complete(null);
    }
    return written;
  }

  @Override
  public void abort() {
    synchronized (this) {
      aborted = true;
    }
    written.complete(null);
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    if (answers(head)) {
      FuzzDownstream.Stream opened = new FuzzDownstream.Stream(source);
      synchronized (this) {
        downstream = opened;
      }
      source.onOpen(opened);
    }
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    if (answers(head)) {
      FuzzDownstream.Socket opened = new FuzzDownstream.Socket(handler);
      synchronized (this) {
        downstream = opened;
      }
      handler.onOpen(opened);
    }
  }

  @Override
  public void onAborted(Runnable action) {
    boolean now;
    synchronized (this) {
      onAborted = action;
      now = aborted;
    }
    if (now) {
      action.run();
    }
  }

  @Override
  public void readBody(BodyReader reader) {
    FuzzBody given;
    synchronized (this) {
      given = body;
    }
    if (given == null) {
      reader.onEnd();
    } else {
      given.readBy(reader);
    }
  }

  @Override
  public String toString() {
    return method + " " + path;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public ConnectionRequest request() {
    return this;
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public Identity identity() {
    return Identity.ANONYMOUS;
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return method.equals("GET")
        && headers("Upgrade").stream().anyMatch(value -> value.equalsIgnoreCase("websocket"));
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public List<String> query(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (pair.substring(0, Math.max(0, equals)).equalsIgnoreCase(name)) {
        values.add(pair.substring(equals + 1));
      }
    }
    return values;
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return Optional.of(new InetSocketAddress("192.0.2.1", PORT));
  }
}
