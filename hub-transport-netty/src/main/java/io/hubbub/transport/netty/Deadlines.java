package io.hubbub.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Time-outs of an event loop's HTTP connections: one tick a second for all of them. WebSockets are
 * not among them; hubs watch those.
 *
 * <p>Threads: the event loop.
 */
final class Deadlines {
  /** No time-out at the moment. */
  static final long NONE = Long.MAX_VALUE;

  private static final long TICK_MILLIS = 1000;

  private final Set<HttpConnection> connections = new LinkedHashSet<>();
  private final Future<?> tick;

  Deadlines(EventLoop eventLoop) {
    this.tick =
        eventLoop.scheduleWithFixedDelay(
            this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void add(HttpConnection connection) {
    connections.add(connection);
  }

  void remove(HttpConnection connection) {
    connections.remove(connection);
  }

  private void tick() {
    long now = System.nanoTime();
    List<HttpConnection> late = new ArrayList<>();
    for (HttpConnection connection : connections) {
      if (connection.isLate(now)) {
        late.add(connection);
      }
    }
    late.forEach(HttpConnection::timeOut);
  }

  /** Ends the connections that wait for a request; those with one under way stay. */
  void closeIdle() {
    List.copyOf(connections).forEach(HttpConnection::closeIfIdle);
  }

  /** Cuts all connections and watches no more. */
  void end() {
    tick.cancel(false);
    List.copyOf(connections).forEach(HttpConnection::close);
  }
}
