package io.hubbub.http;

import io.hubbub.Hubs;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves the hubs of an application over HTTP: what an adapter of an HTTP server hands its requests
 * to.
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class HubHttp implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final Function<Duration, CompletionStage<Void>> hubsShutdown;
  private final Routes routes;
  private final CrossOrigin crossOrigin;
  private final WebSocketOrigins webSocketOrigins;
  private final Admission admission;
  private final ConnectionTable table;
  private final Newcomers newcomers;
  private final TransportRequests transports;
  private final AuthenticationRefresh refresh;
  private final Scheduler.Task heartbeat;

  private HubHttp(Builder builder) {
    this.hubsShutdown = builder.hubsShutdown;
    this.routes = Routes.of(builder.endpoints);
    this.crossOrigin = new CrossOrigin(builder.cors);
    this.webSocketOrigins = new WebSocketOrigins(builder.cors, builder.checkWebSocketOrigins);
    this.admission = new Admission(builder.authenticator);
    UnstartedLimit unstarted =
        new UnstartedLimit(builder.maximumUnstarted, builder.maximumUnstartedPerAddress);
    this.table = new ConnectionTable(builder.scheduler, builder.clock, unstarted);
    this.newcomers = new Newcomers(table);
    this.transports = new TransportRequests(table, newcomers, builder.boundToUsers);
    this.refresh = new AuthenticationRefresh(admission, table, builder.boundToUsers);
    this.heartbeat = builder.scheduler.repeat(HEARTBEAT, table::heartbeat);
  }

  /** Starts to serve hubs. */
  public static Builder builder(Hubs hubs) {
    return new Builder(hubs.endpoints(), hubs.scheduler(), hubs::shutdown);
  }

  /**
   * Takes a request, if its path is a hub's, and answers it now or later.
   *
   * @return false: the path is none of ours and nothing has been done
   */
  public boolean handle(HttpExchange exchange) {
    Optional<Route> route = routes.find(exchange.request().path());
    route.ifPresent(found -> handle(crossOrigin.decorate(exchange), found));
    return route.isPresent();
  }

  /** Whether a path, without query, is one of ours. */
  public boolean serves(String path) {
    return routes.find(path).isPresent();
  }

  private void handle(HttpExchange exchange, Route route) {
    HubEndpoint endpoint = route.endpoint();
    if (crossOrigin.isPreflight(exchange)) {
      exchange.respond(crossOrigin.preflight(exchange.request()));
    } else if (exchange.isWebSocketUpgrade() && !webSocketOrigins.accept(exchange)) {
      exchange.respond(HttpResponse.text(403, "WebSockets of this origin are not allowed"));
    } else {
      switch (route.kind()) {
        case HUB -> admission.admit(exchange, endpoint, transports::handle);
        case NEGOTIATE -> admission.admit(exchange, endpoint, newcomers::negotiate);
        case REFRESH -> refresh.handle(exchange, endpoint);
      }
    }
  }

  /**
   * Ends everything in order: new connections are answered 503, the others are ended by {@link
   * Hubs#shutdown}, what is left after the limit is cut.
   *
   * @return done when no connection is left; never fails
   */
  public CompletionStage<Void> shutdown(Duration limit) {
    newcomers.close();
    return hubsShutdown
        .apply(limit)
        .handle(
            (done, failure) -> {
              close();
              return null;
            });
  }

  /** Ends all connections at once; idempotent. The hubs themselves stay open. */
  @Override
  public void close() {
    newcomers.close();
    heartbeat.cancel();
    table.abortAll();
  }

  /** Collects settings; each method answers the builder. */
  public static final class Builder {
    private final List<HubEndpoint> endpoints;
    private final Scheduler scheduler;
    private final Function<Duration, CompletionStage<Void>> hubsShutdown;
    private InstantSource clock = InstantSource.system();
    private Optional<CorsOptions> cors = Optional.empty();
    private Optional<TokenAuthenticator> authenticator = Optional.empty();
    private boolean checkWebSocketOrigins = true;
    private boolean boundToUsers = true;
    private int maximumUnstarted = 10_000;
    private int maximumUnstartedPerAddress = 1_000;

    Builder(
        List<HubEndpoint> endpoints,
        Scheduler scheduler,
        Function<Duration, CompletionStage<Void>> hubsShutdown) {
      this.endpoints = endpoints;
      this.scheduler = scheduler;
      this.hubsShutdown = hubsShutdown;
    }

    /**
     * Allows pages of other origins, in browsers. None by default.
     *
     * @throws IllegalArgumentException if browsers would refuse what is allowed
     */
    public Builder cors(Consumer<CorsOptions.Builder> cors) {
      CorsOptions.Builder options = CorsOptions.builder();
      cors.accept(options);
      this.cors = Optional.of(options.build());
      return this;
    }

    /**
     * Whether pages of origins that CORS does not allow are kept from opening WebSockets. Browsers
     * send cookies along with those and leave the check to the server. Default: {@code true}.
     *
     * <p>Requests without an origin, as programs send them, always pass, and so do pages that come
     * from the host that they connect to. A proxy that changes the header {@code Host} must send
     * the former one as {@code X-Forwarded-Host}, or the site's own origin must be allowed by
     * {@link #cors}. Without CORS, pages of other origins are kept out only if they send cookies.
     */
    public Builder checkWebSocketOrigins(boolean value) {
      this.checkWebSocketOrigins = value;
      return this;
    }

    /** Finds out who makes a request, in place of {@link HttpExchange#identity()}. */
    public Builder authenticator(TokenAuthenticator authenticator) {
      this.authenticator = Optional.of(authenticator);
      return this;
    }

    /**
     * How many connections may wait for their first transport, negotiated and never started.
     * Default: {@code 10_000}. More are answered 503.
     */
    public Builder maximumUnstartedConnections(int value) {
      this.maximumUnstarted = atLeastOne("maximumUnstartedConnections", value);
      return this;
    }

    /** The same per remote address. Default: {@code 1_000}. More are answered 429. */
    public Builder maximumUnstartedConnectionsPerAddress(int value) {
      this.maximumUnstartedPerAddress = atLeastOne("maximumUnstartedConnectionsPerAddress", value);
      return this;
    }

    /**
     * Whether a connection may be used by its user only. Default: {@code true}; requests of another
     * user, or of none, are answered 403.
     */
    public Builder bindConnectionsToUsers(boolean value) {
      this.boundToUsers = value;
      return this;
    }

    /** Replaces the time of day, in tests. */
    Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalArgumentException if two hubs share a path
     */
    public HubHttp build() {
      return new HubHttp(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "Expected " + name + " to be at least 1, but was " + value);
      }
      return value;
    }
  }
}
