package io.hubbub.http;

import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.util.Optional;

/**
 * A request that has been let in.
 *
 * @param exchange the request and its answer
 * @param endpoint the hub it is for
 * @param identity who makes it
 */
record HubRequest(HttpExchange exchange, HubEndpoint endpoint, Identity identity) {
  /** The connection token; empty when the client sent none. */
  Optional<String> token() {
    return exchange.request().queryParameter("id").filter(id -> !id.isEmpty());
  }

  /** Answers with a text. */
  void answer(int status, String text) {
    answer(HttpResponse.text(status, text));
  }

  /** Answers without a body. */
  void answer(int status) {
    answer(HttpResponse.empty(status, "text/plain"));
  }

  void answer(HttpResponse response) {
    exchange.respond(response);
  }
}
