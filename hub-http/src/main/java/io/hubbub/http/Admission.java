package io.hubbub.http;

import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who makes a request and whether it may be made, before anything else looks at it.
 *
 * <p>Threads: any; what follows runs on the caller's thread or on the authenticator's.
 */
final class Admission {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);
  private static final String CHALLENGE = "WWW-Authenticate";

  private final Optional<TokenAuthenticator> authenticator;

  Admission(Optional<TokenAuthenticator> authenticator) {
    this.authenticator = authenticator;
  }

  /** Hands the request on if its maker may make it; else answers 401 or 403. */
  void admit(HttpExchange exchange, HubEndpoint endpoint, Consumer<HubRequest> next) {
    identify(exchange)
        .whenComplete(
            (found, failure) -> {
              // Neither a failure nor an authenticator that finds null makes anybody known.
              Optional<Identity> identity = Optional.ofNullable(found);
              decide(exchange, endpoint, identity, next);
            });
  }

  /** Who makes a request; fails when what it says about it is wrong. */
  CompletionStage<Identity> identify(HttpExchange exchange) {
    if (authenticator.isEmpty()) {
      return CompletableFuture.completedFuture(exchange.identity());
    }
    try {
      return authenticator.get().authenticate(exchange);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void decide(
      HttpExchange exchange,
      HubEndpoint endpoint,
      Optional<Identity> found,
      Consumer<HubRequest> next) {
    HubRequest request = new HubRequest(exchange, endpoint, found.orElse(Identity.ANONYMOUS));
    try {
      switch (endpoint.access().decide(request.identity())) {
        case PERMITTED -> next.accept(request);
        case UNAUTHENTICATED -> exchange.respond(challenge(found.isEmpty()));
        case FORBIDDEN -> exchange.respond(HttpResponse.empty(403));
      }
    } catch (RuntimeException failure) {
      log.error("A request to {} failed", endpoint.path(), failure);
      exchange.respond(HttpResponse.empty(500));
    }
  }

  private HttpResponse challenge(boolean badToken) {
    HttpResponse answer = HttpResponse.empty(401);
    if (authenticator.isEmpty()) {
      return answer;
    }
    return answer.with(CHALLENGE, badToken ? "Bearer error=\"invalid_token\"" : "Bearer");
  }
}
