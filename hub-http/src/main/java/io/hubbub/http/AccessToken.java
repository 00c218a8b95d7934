package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import java.util.Optional;

/**
 * Finds the access token of a request. Nothing here logs queries, which hold tokens; who logs
 * requests elsewhere, as proxies do, leaves {@code access_token} and {@code id} out.
 *
 * <p>Threads: any.
 */
public final class AccessToken {
  private static final String SCHEME = "Bearer ";

  private AccessToken() {}

  /**
   * The token as SignalR clients send it: in the header {@code Authorization: Bearer}, or, on the
   * GETs of browsers that cannot set headers (WebSockets and Server-Sent Events), in the query
   * parameter {@code access_token}. The header wins.
   */
  public static Optional<String> of(HttpExchange exchange) {
    return ofHeader(exchange.request())
        .or(() -> takesQuery(exchange) ? ofQuery(exchange.request()) : Optional.empty());
  }

  /** The token in the header {@code Authorization: Bearer}. */
  public static Optional<String> ofHeader(ConnectionRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip())
        .filter(token -> !token.isEmpty());
  }

  /** The token in the query parameter {@code access_token}, whatever the request is. */
  public static Optional<String> ofQuery(ConnectionRequest request) {
    return request.queryParameter("access_token").filter(token -> !token.isEmpty());
  }

  private static boolean takesQuery(HttpExchange exchange) {
    return exchange.isWebSocketUpgrade() || RequestKind.acceptsEventStream(exchange);
  }
}
