package io.hubbub.client.internal.transport;

import io.hubbub.TransportType;
import io.hubbub.client.ConnectFailedException;
import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportListener;
import io.hubbub.client.spi.TransportOpener;
import io.hubbub.protocol.negotiate.AvailableTransport;
import io.hubbub.protocol.negotiate.NegotiateResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the transport of a connection: negotiates, takes the first of the server's transports that
 * both sides can use, and negotiates again for the next one where that fails to start.
 *
 * <p>Threads: any; one attempt is one chain of steps.
 */
public final class TransportConnector {
  private static final String NO_TOKEN = "";

  private final TransportChoice choice;
  private final HttpCalls http;
  private final Negotiator negotiator;
  private final WebSocketConnector webSockets;

  /**
   * @param http how requests are made
   * @param choice which transports may be used
   * @param runtime what all connections share
   */
  public TransportConnector(HttpSettings http, TransportChoice choice, TransportRuntime runtime) {
    this.choice = choice;
    this.http = new HttpCalls(http, runtime.httpClients());
    this.negotiator = new Negotiator(this.http, choice.statefulReconnect(), runtime.workers());
    this.webSockets =
        new WebSocketConnector(runtime.webSocketClients(), this.http, choice, runtime.workers());
  }

  /**
   * Connects.
   *
   * @param listeners makes the listener for each transport that is tried
   * @return fails with {@link ConnectFailedException}, which says what was tried
   */
  public <L extends TransportListener> CompletableFuture<Opened<L>> open(
      Supplier<L> listeners, ConnectAttempt attempt) {
    TransportOpener own = choice.opener();
    if (own != null) {
      return openOwn(own, listeners.get());
    }
    if (choice.skipNegotiation()) {
      return openDirectly(listeners.get());
    }
    return negotiator
        .negotiate(attempt)
        .thenCompose(
            negotiated -> new Candidates<>(listeners, attempt, negotiated).tryFrom(0, negotiated));
  }

  /** Connects a WebSocket again to a connection that the server still holds. */
  public CompletableFuture<Transport> reopen(Opened.Route route, TransportListener listener) {
    return webSockets.connect(route.connection(), listener);
  }

  /** Shows the server a fresh token for a connection that lives on. */
  public CompletableFuture<Optional<Duration>> refresh(Opened.Route route) {
    return route.connectionToken().isEmpty()
        ? CompletableFuture.failedFuture(
            new IllegalStateException(
                "Expected a connection that was negotiated: only those can show a fresh token."))
        : new TokenRefresh(http, route).run();
  }

  private <L extends TransportListener> CompletableFuture<Opened<L>> openOwn(
      TransportOpener own, L listener) {
    return CompletableFuture.completedFuture(choice.format())
        .thenCompose(format -> own.open(listener, format))
        .thenApply(transport -> notNegotiated(transport, listener));
  }

  private <L extends TransportListener> Opened<L> notNegotiated(Transport transport, L listener) {
    HubEndpoint hub = negotiator.hub();
    return new Opened<>(
        transport,
        listener,
        transport.connectionId(),
        false,
        Optional.empty(),
        new Opened.Route(hub, hub, NO_TOKEN));
  }

  private <L extends TransportListener> CompletableFuture<Opened<L>> openDirectly(L listener) {
    if (!choice.types().equals(Set.of(TransportType.WEB_SOCKETS))) {
      return CompletableFuture.failedFuture(
          new ConnectFailedException(
              "Negotiation can only be skipped when using the WebSocket transport directly."
                  + " Configure transports(TransportType.WEB_SOCKETS)."));
    }
    return webSockets
        .connect(negotiator.hub(), listener)
        .thenApply(transport -> notNegotiated(transport, listener));
  }

  private static Optional<Duration> lifetime(NegotiateResponse.Accepted answer) {
    Long seconds = answer.tokenLifetimeSeconds();
    return seconds == null ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private CompletableFuture<Transport> connect(
      TransportType type, HubEndpoint endpoint, TransportListener listener) {
    return switch (type) {
      case WEB_SOCKETS -> webSockets.connect(endpoint, listener);
      case SERVER_SENT_EVENTS ->
          EventStreamTransport.connect(http, endpoint, listener, choice.maxMessageSize());
      case LONG_POLLING ->
          LongPollingTransport.connect(http, endpoint, listener, choice.maxMessageSize());
    };
  }

  /** The transports of one negotiate, tried one after the other. */
  private final class Candidates<L extends TransportListener> {
    private final Supplier<L> listeners;
    private final ConnectAttempt attempt;
    private final Negotiated first;
    private final List<AvailableTransport> offers;
    private final List<String> reasons = new ArrayList<>();
    private @Nullable Throwable lastFailure;

    Candidates(Supplier<L> listeners, ConnectAttempt attempt, Negotiated negotiated) {
      this.listeners = listeners;
      this.attempt = attempt;
      this.first = negotiated;
      this.offers = negotiated.answer().availableTransports();
    }

    /** A negotiated connection is used up by the transport that failed on it: null then. */
    CompletableFuture<Opened<L>> tryFrom(int index, @Nullable Negotiated negotiated) {
      for (int i = index; i < offers.size(); i++) {
        Optional<TransportType> usable = usable(offers.get(i));
        if (usable.isPresent()) {
          return tryOne(i, usable.get(), negotiated);
        }
      }
      return CompletableFuture.failedFuture(exhausted());
    }

    private CompletableFuture<Opened<L>> tryOne(
        int index, TransportType type, @Nullable Negotiated negotiated) {
      attempt.ensureWanted();
      if (negotiated == null) {
        return negotiator
            .negotiateAgain(first, attempt)
            .thenCompose(again -> tryOne(index, type, again));
      }
      return openWith(type, negotiated)
          .handle(
              (opened, error) -> {
                if (opened != null) {
                  return CompletableFuture.completedFuture(opened);
                }
                lastFailure = Failures.unwrap(error);
                reasons.add(type.wireName() + " failed: " + Failures.text(lastFailure));
                return tryFrom(index + 1, null);
              })
          .thenCompose(next -> next);
    }

    private CompletableFuture<Opened<L>> openWith(TransportType type, Negotiated negotiated) {
      HubEndpoint hub = negotiated.hub();
      HubEndpoint connection =
          new HubEndpoint(Urls.connection(hub.url(), negotiated.answer().token()), hub.tokens());
      L listener = listeners.get();
      return connect(type, connection, listener)
          .thenApply(
              transport ->
                  new Opened<>(
                      transport,
                      listener,
                      Optional.of(negotiated.answer().connectionId()),
                      negotiated.answer().statefulReconnect() && type == TransportType.WEB_SOCKETS,
                      lifetime(negotiated.answer()),
                      new Opened.Route(hub, connection, negotiated.answer().token())));
    }

    private Optional<TransportType> usable(AvailableTransport offer) {
      for (TransportType type : TransportType.values()) {
        if (!type.wireName().equalsIgnoreCase(offer.transport())) {
          continue;
        }
        if (!choice.types().contains(type)) {
          reasons.add("'" + type.wireName() + "' is disabled by the client.");
          return Optional.empty();
        }
        if (!offer.transferFormats().contains(choice.format())) {
          reasons.add(
              "'" + type.wireName() + "' does not support " + choice.format().wireName() + ".");
          return Optional.empty();
        }
        return Optional.of(type);
      }
      reasons.add("'" + offer.transport() + "' is not known to the client.");
      return Optional.empty();
    }

    private ConnectFailedException exhausted() {
      return reasons.isEmpty()
          ? new ConnectFailedException(
              "None of the transports supported by the client are supported by the server.")
          : new ConnectFailedException(
              "Unable to connect to the server with any of the available transports. "
                  + String.join(" ", reasons),
              lastFailure);
    }
  }
}
