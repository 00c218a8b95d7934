package io.hubbub.http;

import io.hubbub.spi.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections by their secret token, and how many of them have never been started: those cost a
 * client nothing, so they are limited.
 *
 * <p>Threads: any; the heartbeat is one at a time.
 */
final class ConnectionTable {
  private static final Logger log = LoggerFactory.getLogger(ConnectionTable.class);

  private final Scheduler scheduler;
  private final InstantSource clock;
  private final UnstartedLimit unstarted;
  private final Map<String, HttpConnection> byToken = new ConcurrentHashMap<>();

  /** Those that run and are not found by their token any more. */
  private final Set<HttpConnection> ending = ConcurrentHashMap.newKeySet();

  ConnectionTable(Scheduler scheduler, InstantSource clock, UnstartedLimit unstarted) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.unstarted = unstarted;
  }

  /** Time for differences. */
  long now() {
    return scheduler.nanoTime();
  }

  /** The time of day. */
  Instant instant() {
    return clock.instant();
  }

  Optional<HttpConnection> find(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** Whether one more connection may wait to be started; if so, it must be added. */
  UnstartedLimit.Verdict reserve(HubRequest made) {
    return unstarted.enter(address(made.exchange().request().remoteAddress()));
  }

  /** Takes in a connection that has been reserved. */
  void add(HttpConnection connection) {
    byToken.put(connection.key().token(), connection);
  }

  /** A connection has got its transport. Called once a connection at most. */
  void started(HttpConnection connection) {
    unstarted.leave(address(connection.request().remoteAddress()));
  }

  /** A connection that goes on is not to be found any more. */
  void forget(HttpConnection connection) {
    if (byToken.containsKey(connection.key().token())) {
      // Added first: whoever goes through both must not miss it.
      ending.add(connection);
      byToken.remove(connection.key().token());
    }
    if (connection.isDisposed()) {
      ending.remove(connection);
    }
  }

  /** A connection has ended. Called once a connection. */
  void remove(HttpConnection connection) {
    byToken.remove(connection.key().token());
    ending.remove(connection);
    if (connection.session() == null) {
      unstarted.leave(address(connection.request().remoteAddress()));
    }
  }

  /** Whether the authentication of a connection has ended and the connection with it. */
  boolean isExpired(HttpConnection connection) {
    return connection.endpoint().options().closeOnAuthenticationExpiration()
        && connection.identity().expiresAt().filter(end -> !end.isAfter(instant())).isPresent();
  }

  /** Looks after every connection; once a second. */
  void heartbeat() {
    long now = now();
    byToken.values().forEach(connection -> tick(connection, now));
    ending.forEach(connection -> tick(connection, now));
  }

  private static void tick(HttpConnection connection, long now) {
    try {
      connection.tick(now);
    } catch (RuntimeException failure) {
      log.error("Connection {} could not be looked after", connection.connectionId(), failure);
    }
  }

  /** Ends every connection at once. */
  void abortAll() {
    byToken.values().forEach(connection -> connection.abort(null));
    ending.forEach(connection -> connection.abort(null));
  }

  int size() {
    return byToken.size();
  }

  private static Optional<InetAddress> address(Optional<InetSocketAddress> peer) {
    return peer.map(InetSocketAddress::getAddress);
  }
}
