package io.hubbub.http;

import io.hubbub.TransportType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests to a hub's own path to their connection, once they have passed the checks that
 * all transports have in common.
 *
 * <p>Threads: any.
 */
final class TransportRequests {
  private static final Logger log = LoggerFactory.getLogger(TransportRequests.class);

  private final ConnectionTable table;
  private final Newcomers newcomers;
  private final boolean boundToUsers;

  TransportRequests(ConnectionTable table, Newcomers newcomers, boolean boundToUsers) {
    this.table = table;
    this.newcomers = newcomers;
    this.boundToUsers = boundToUsers;
  }

  void handle(HubRequest request) {
    switch (RequestKind.of(request.exchange())) {
      case WEB_SOCKET -> get(request, TransportType.WEB_SOCKETS);
      case EVENT_STREAM -> get(request, TransportType.SERVER_SENT_EVENTS);
      case POLL -> get(LongPolling.uncached(request), TransportType.LONG_POLLING);
      case POST -> post(request);
      case DELETE -> delete(request);
      case OTHER -> request.answer(405);
    }
  }

  private void get(HubRequest request, TransportType type) {
    Optional<HttpConnection> found;
    if (type == TransportType.WEB_SOCKETS && request.token().isEmpty()) {
      found = isEnabled(request, type) ? newcomers.withoutNegotiate(request) : Optional.empty();
    } else {
      found = find(request).filter(connection -> isEnabled(request, type));
    }
    found.ifPresent(connection -> attach(connection, request, type));
  }

  private static boolean isEnabled(HubRequest request, TransportType type) {
    boolean enabled = request.endpoint().options().transports().contains(type);
    if (!enabled) {
      request.answer(404, type.wireName() + " transport not supported by this end point type");
    }
    return enabled;
  }

  private void attach(HttpConnection connection, HubRequest request, TransportType type) {
    if (connection.session() == null && newcomers.refusesStart(request)) {
      return;
    }
    TransportSession session = connection.session(type, made -> session(made, type));
    if (session == null) {
      request.answer(404);
    } else if (session.type() != type) {
      request.answer(400, "Cannot change transports mid-connection");
    } else {
      identify(connection, request);
      session.attach(request);
    }
  }

  private static TransportSession session(HttpConnection connection, TransportType type) {
    return switch (type) {
      case WEB_SOCKETS -> new WebSocketSession(connection);
      case SERVER_SENT_EVENTS -> new EventStream(connection);
      case LONG_POLLING -> new LongPolling(connection);
    };
  }

  private static void identify(HttpConnection connection, HubRequest request) {
    boolean known = connection.identity().isAuthenticated();
    if (known && !Identities.areSameUser(connection.identity(), request.identity())) {
      log.warn(
          "Connection {} is used by another user than before; its hub keeps the first one",
          connection.connectionId());
    } else {
      connection.identify(request.identity());
    }
  }

  private void post(HubRequest request) {
    find(request).ifPresent(connection -> post(connection, request));
  }

  private static void post(HttpConnection connection, HubRequest request) {
    TransportSession session = connection.session();
    if (session != null && session.type() == TransportType.WEB_SOCKETS) {
      request.answer(405, "POST requests are not allowed for WebSocket connections.");
    } else {
      connection.posts().add(request);
    }
  }

  private void delete(HubRequest request) {
    find(request).ifPresent(connection -> delete(connection, request));
  }

  private static void delete(HttpConnection connection, HubRequest request) {
    if (connection.session() instanceof LongPolling polling) {
      request.answer(202);
      polling.delete();
    } else {
      request.answer(400, "Cannot terminate this connection using the DELETE endpoint.");
    }
  }

  /** The connection that a request is for; answers the request if there is none for it. */
  private Optional<HttpConnection> find(HubRequest request) {
    Optional<String> token = request.token();
    if (token.isEmpty()) {
      request.answer(400, "Connection ID required");
      return Optional.empty();
    }
    Optional<HttpConnection> found =
        table.find(token.get()).filter(other -> other.endpoint() == request.endpoint());
    if (found.isEmpty()) {
      request.answer(404, "No Connection with that ID");
    } else if (!isForUser(found.get(), request)) {
      request.answer(403, "This connection belongs to another user");
      return Optional.empty();
    }
    return found;
  }

  private boolean isForUser(HttpConnection connection, HubRequest request) {
    return !boundToUsers
        || !connection.identity().isAuthenticated()
        || Identities.areSameUser(connection.identity(), request.identity());
  }
}
