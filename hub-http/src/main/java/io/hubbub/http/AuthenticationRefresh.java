package io.hubbub.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubbub.spi.EndpointAccess.Decision;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the authentication of a connection that runs: a client that has got a new token posts it
 * here, and the connection's user and expiry are those of the token from then on.
 *
 * <p>Threads: any.
 */
final class AuthenticationRefresh {
  private static final Logger log = LoggerFactory.getLogger(AuthenticationRefresh.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Admission admission;
  private final ConnectionTable table;
  private final boolean boundToUsers;

  AuthenticationRefresh(Admission admission, ConnectionTable table, boolean boundToUsers) {
    this.admission = admission;
    this.table = table;
    this.boundToUsers = boundToUsers;
  }

  /** Takes a request that nobody has looked at yet: it is its token that counts. */
  void handle(HttpExchange exchange, HubEndpoint endpoint) {
    Optional<String> token = exchange.request().queryParameter("id").filter(id -> !id.isEmpty());
    if (!exchange.method().equals("POST")) {
      exchange.respond(HttpResponse.empty(405, "text/plain"));
    } else if (!endpoint.options().authenticationRefresh()) {
      refuse(exchange, 404, "refresh_disabled", "Authentication refresh is switched off");
    } else if (token.isEmpty()) {
      refuse(exchange, 400, "missing_connection_token", "Connection ID required");
    } else {
      admission
          .identify(exchange)
          .handle((found, failure) -> Optional.ofNullable(found).orElse(Identity.ANONYMOUS))
          .thenAccept(
              identity -> refresh(new HubRequest(exchange, endpoint, identity), token.get()));
    }
  }

  /** What an application's rule throws would be lost with the stage, and the request held open. */
  private void refresh(HubRequest request, String token) {
    try {
      decide(request, token);
    } catch (RuntimeException failure) {
      log.error("A request to {} failed", request.endpoint().path(), failure);
      request.answer(HttpResponse.empty(500, "text/plain"));
    }
  }

  private void decide(HubRequest request, String token) {
    Identity identity = request.identity();
    Optional<HttpConnection> connection =
        table.find(token).filter(found -> found.endpoint() == request.endpoint());
    if (!identity.isAuthenticated()) {
      refuse(request.exchange(), 401, "invalid_token", "The request is not authenticated");
    } else if (connection.isEmpty()) {
      refuse(request.exchange(), 404, "connection_not_found", "No Connection with that ID");
    } else if (!isAllowed(connection.get(), request)) {
      refuse(
          request.exchange(),
          403,
          "permission_change_rejected",
          "The connection belongs to another user");
    } else {
      connection.get().identify(identity);
      request.answer(json(200, answer(connection.get())));
    }
  }

  private boolean isAllowed(HttpConnection connection, HubRequest request) {
    boolean sameUser =
        !connection.identity().isAuthenticated()
            || Identities.areSameUser(connection.identity(), request.identity());
    return (sameUser || !boundToUsers)
        && request.endpoint().access().decide(request.identity()) == Decision.PERMITTED;
  }

  private ObjectNode answer(HttpConnection connection) {
    Instant now = table.instant();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("connectionId", connection.connectionId());
    answer.put("refreshedAt", now.toString());
    connection
        .identity()
        .expiresAt()
        .ifPresent(
            end -> answer.put("tokenLifetimeSeconds", Duration.between(now, end).toSeconds()));
    return answer;
  }

  private static void refuse(HttpExchange exchange, int status, String error, String description) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("error", error);
    answer.put("error_description", description);
    exchange.respond(json(status, answer));
  }

  private static HttpResponse json(int status, ObjectNode document) {
    return HttpResponse.of(
        status, "application/json", document.toString().getBytes(StandardCharsets.UTF_8));
  }
}
