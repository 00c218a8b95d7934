package io.hubbub.http;

import io.hubbub.Hubs;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Serves the hubs of an application over HTTP: what an adapter of an HTTP server hands its requests
 * to.
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class HubHttp implements AutoCloseable {
  private final Hubs hubs;

  private HubHttp(Builder builder) {
    this.hubs = builder.hubs;
  }

  /** Starts to serve hubs. */
  public static Builder builder(Hubs hubs) {
    return new Builder(hubs);
  }

  /**
   * Takes a request, if its path is a hub's, and answers it now or later.
   *
   * @return false: the path is none of ours and nothing has been done
   */
  public boolean handle(HttpExchange exchange) {
    return false;
  }

  /** Whether a path, without query, is one of ours. */
  public boolean serves(String path) {
    return false;
  }

  /**
   * Ends everything in order: new connections are answered 503, the others are ended by {@link
   * Hubs#shutdown}, what is left after the limit is cut.
   *
   * @return done when no connection is left; never fails
   */
  public CompletionStage<Void> shutdown(Duration limit) {
    return hubs.shutdown(limit);
  }

  /** Ends all connections at once; idempotent. The hubs themselves stay open. */
  @Override
  public void close() {}

  /** Collects settings; each method answers the builder. */
  public static final class Builder {
    private final Hubs hubs;

    private Builder(Hubs hubs) {
      this.hubs = hubs;
    }

    /** Allows pages of other origins, in browsers. None by default. */
    public Builder cors(Consumer<CorsOptions.Builder> cors) {
      return this;
    }

    /** Finds out who makes a request, in place of {@link HttpExchange#identity()}. */
    public Builder authenticator(TokenAuthenticator authenticator) {
      return this;
    }

    /**
     * How many connections may wait for their first transport, negotiated and never started.
     * Default: {@code 10_000}. More are answered 503.
     */
    public Builder maximumUnstartedConnections(int value) {
      return this;
    }

    /** The same per remote address. Default: {@code 1_000}. More are answered 429. */
    public Builder maximumUnstartedConnectionsPerAddress(int value) {
      return this;
    }

    /**
     * Whether a connection may be used by its user only. Default: {@code true}; requests of another
     * user, or of none, are answered 403.
     */
    public Builder bindConnectionsToUsers(boolean value) {
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    public HubHttp build() {
      return new HubHttp(this);
    }
  }
}
