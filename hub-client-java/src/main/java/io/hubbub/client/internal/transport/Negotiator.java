package io.hubbub.client.internal.transport;

import io.hubbub.client.ConnectFailedException;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.negotiate.NegotiateProtocol;
import io.hubbub.protocol.negotiate.NegotiateResponse;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for a connection and follows where it points.
 *
 * <p>Threads: any.
 */
final class Negotiator {
  /** How many times a server may be asked for one connection. */
  private static final int MAX_REQUESTS = 100;

  private static final int MAX_ANSWER = 1 << 20;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpCalls http;
  private final boolean statefulReconnect;
  private final Executor executor;

  Negotiator(HttpCalls http, boolean statefulReconnect, Executor executor) {
    this.http = http;
    this.statefulReconnect = statefulReconnect;
    this.executor = executor;
  }

  /** The hub's own address, before any redirect. */
  HubEndpoint hub() {
    HttpSettings settings = http.settings();
    return new HubEndpoint(settings.url(), new AccessTokens(settings.tokens(), executor));
  }

  CompletableFuture<Negotiated> negotiate(ConnectAttempt attempt) {
    return negotiate(hub(), attempt, 1);
  }

  /** Asks for one more connection where the last one was granted, redirects included. */
  CompletableFuture<Negotiated> negotiateAgain(Negotiated last, ConnectAttempt attempt) {
    return negotiate(last.hub(), attempt, 1);
  }

  private CompletableFuture<Negotiated> negotiate(
      HubEndpoint hub, ConnectAttempt attempt, int requests) {
    URI url = Urls.negotiate(hub.url(), statefulReconnect);
    HttpCalls.Call call = HttpCalls.Call.post(url, HttpCalls.NO_BODY, http.settings().timeout());
    return hub.tokens()
        .fresh()
        .thenCompose(
            token -> http.sendOnce(call, token, BoundedBody.answer(MAX_ANSWER, call.timeout())))
        .thenCompose(response -> answered(hub, attempt, requests, parse(response)));
  }

  private CompletableFuture<Negotiated> answered(
      HubEndpoint hub, ConnectAttempt attempt, int requests, NegotiateResponse answer) {
    attempt.ensureWanted();
    if (answer instanceof NegotiateResponse.Refused refused) {
      throw new ConnectFailedException(refused.error());
    }
    if (answer instanceof NegotiateResponse.Redirect redirect) {
      if (requests >= MAX_REQUESTS) {
        throw new ConnectFailedException("Negotiate redirection limit exceeded.");
      }
      return negotiate(redirected(hub, redirect), attempt, requests + 1);
    }
    NegotiateResponse.Accepted accepted = (NegotiateResponse.Accepted) answer;
    if (accepted.statefulReconnect() && !statefulReconnect) {
      throw new ConnectFailedException(
          "Client didn't negotiate Stateful Reconnect but the server did.");
    }
    return CompletableFuture.completedFuture(new Negotiated(hub, accepted));
  }

  /** A token that comes with a redirect replaces the application's for everything after it. */
  private static HubEndpoint redirected(HubEndpoint hub, NegotiateResponse.Redirect redirect) {
    String token = redirect.accessToken();
    return new HubEndpoint(
        target(hub.url(), redirect.url()),
        token == null || token.isEmpty() ? hub.tokens() : AccessTokens.given(token));
  }

  private static URI target(URI from, String to) {
    try {
      URI target = from.resolve(to);
      if (Urls.isHttp(target)) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      throw badRedirect(to, e);
    }
    throw badRedirect(to, null);
  }

  private static ConnectFailedException badRedirect(String to, @Nullable Throwable cause) {
    return new ConnectFailedException(
        "Expected negotiate to redirect to an http or https address, but got '" + to + "'", cause);
  }

  private static NegotiateResponse parse(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status != OK) {
      throw new ConnectFailedException(
          "Failed to complete negotiation with the server: Unexpected status code returned from"
              + " negotiate '"
              + status
              + "'."
              + (status == NOT_FOUND
                  ? " Either this is not a hub or there is a proxy blocking the connection."
                  : ""));
    }
    try {
      return NegotiateProtocol.parse(response.body());
    } catch (HubProtocolException e) {
      throw new ConnectFailedException(
          "Failed to complete negotiation with the server: " + e.getMessage() + ".", e);
    }
  }
}
