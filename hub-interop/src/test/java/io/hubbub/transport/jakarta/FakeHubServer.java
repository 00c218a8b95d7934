package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.interop.server.Container;
import io.hubbub.interop.server.RunningServer;
import io.hubbub.spi.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A container with the adapter and, in place of hubs, what a test wants to happen. */
final class FakeHubServer implements AutoCloseable {
  private final Timers timers = new Timers();
  private final BlockingQueue<FakeSocket> sockets = new LinkedBlockingQueue<>();
  private final RunningServer server;

  private FakeHubServer(Container container, Consumer<HttpExchange> requests) {
    HubServletFilter.Endpoint endpoint =
        new HubServletFilter.Endpoint() {
          @Override
          public boolean serves(String path) {
            return path.startsWith("/hub");
          }

          @Override
          public void handle(HttpExchange exchange) {
            if (exchange.isWebSocketUpgrade()) {
              FakeSocket socket = new FakeSocket();
              exchange.upgrade(HttpResponse.empty(101, "").with("X-Hub", "yes"), socket);
              sockets.add(socket);
            } else {
              requests.accept(exchange);
            }
          }

          @Override
          public void close() {}
        };
    server =
        container.start(
            0,
            context ->
                JakartaHubs.add(
                    context,
                    new HubServletFilter(
                        endpoint, new RoleNames(List.of()), SocketParts.of(timers))));
  }

  static FakeHubServer start(Container container) {
    return start(container, exchange -> exchange.respond(HttpResponse.text(200, "plain")));
  }

  static FakeHubServer start(Container container, Consumer<HttpExchange> requests) {
    return new FakeHubServer(container, requests);
  }

  int port() {
    return server.port();
  }

  RawWebSocket connect() throws IOException {
    return RawWebSocket.connect(server.port(), "/hub");
  }

  /** The server's end of the connection made next. */
  FakeSocket socket() throws InterruptedException {
    FakeSocket socket = sockets.poll(15, TimeUnit.SECONDS);
    if (socket == null) {
      throw new AssertionError("no WebSocket came");
    }
    socket.socket();
    return socket;
  }

  @Override
  public void close() {
    server.close();
    timers.close();
  }

  private static final class Timers implements Scheduler {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Task schedule(Duration delay, Runnable action) {
      var future = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    @Override
    public Task repeat(Duration interval, Runnable action) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}
