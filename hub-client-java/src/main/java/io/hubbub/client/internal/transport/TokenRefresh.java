package io.hubbub.client.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Shows a server a fresh token for a connection that lives on, so that it need not end when the old
 * token does.
 *
 * <p>Threads: any.
 */
final class TokenRefresh {
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpCalls http;
  private final Opened.Route route;

  TokenRefresh(HttpCalls http, Opened.Route route) {
    this.http = http;
    this.route = route;
  }

  /** Done with the lifetime of the new token, where the server tells; failed if it was refused. */
  CompletableFuture<Optional<Duration>> run() {
    HttpCalls.Call call =
        HttpCalls.Call.post(
            Urls.refresh(route.hub().url(), route.connectionToken()),
            HttpCalls.NO_BODY,
            http.settings().timeout());
    return route
        .hub()
        .tokens()
        .fresh()
        .thenCompose(
            token -> http.sendOnce(call, token, BoundedBody.answer(MAX_ANSWER, call.timeout())))
        .thenApply(TokenRefresh::lifetime);
  }

  private static Optional<Duration> lifetime(HttpResponse<byte[]> response) {
    try {
      if (response.statusCode() != OK) {
        throw new IOException(
            "Expected the server to take a fresh access token, but it answered "
                + response.statusCode());
      }
      JsonNode seconds = JSON.readTree(response.body()).path("tokenLifetimeSeconds");
      return seconds.isNumber()
          ? Optional.of(Duration.ofSeconds(seconds.asLong()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
