package io.hubbub.interop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.HubOptions;
import io.hubbub.Hubs;
import io.hubbub.TransportType;
import io.hubbub.client.HubConnection;
import io.hubbub.client.RetryPolicy;
import io.hubbub.http.AccessToken;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.TokenAuthenticator;
import io.hubbub.interop.server.HubServer;
import io.hubbub.spi.Identity;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are good for a short time: {@code SECONDS.NUMBER}. */
class TokenExpiryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicInteger asked = new AtomicInteger();
  private HubServer server;

  @AfterEach
  void close() {
    server.close();
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** One connection over each transport. */
  private List<HubConnection> connectAll(Consumer<HubOptions.Builder> options) {
    Hubs hubs = Hubs.builder().hub("/who", WhoHub.class, options).build();
    server = HubServer.start("netty", 0, hubs, http -> http.authenticator(new ShortTokens()));
    return Arrays.stream(TransportType.values()).map(this::connect).toList();
  }

  private HubConnection connect(TransportType transport) {
    HubConnection connection =
        HubConnection.builder(URI.create("http://127.0.0.1:" + server.port() + "/who"))
            .transports(transport)
            .accessToken(() -> CompletableFuture.completedFuture("2." + asked.incrementAndGet()))
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO)))
            .build();
    get(connection.start());
    return connection;
  }

  private static int tokenShown(HubConnection connection) {
    return get(connection.invoke(int.class, "TokenNumber"));
  }

  @Test
  void connectionsWhoseTokenExpiresComeBackWithAnotherToken() {
    List<HubConnection> connections =
        connectAll(options -> options.closeOnAuthenticationExpiration(true));
    List<CompletableFuture<Integer>> shownAgain =
        connections.stream()
            .map(
                connection -> {
                  CompletableFuture<Integer> shown = new CompletableFuture<>();
                  connection.onReconnected(id -> shown.complete(tokenShown(connection)));
                  return shown;
                })
            .toList();
    int connects = asked.get();
    assertThat(shownAgain).allSatisfy(shown -> assertThat(get(shown)).isGreaterThan(connects));
    connections.forEach(HubConnection::close);
  }

  @Test
  void freshTokensAreShownAgainAndAgainOnTheSameConnection() {
    List<HubConnection> connections = connectAll(options -> options.authenticationRefresh(true));
    List<Optional<String>> ids = connections.stream().map(HubConnection::connectionId).toList();
    int connects = asked.get();
    for (HubConnection connection : connections) {
      await().atMost(PATIENCE).until(() -> tokenShown(connection) > connects + connections.size());
    }
    assertThat(connections).extracting(HubConnection::connectionId).isEqualTo(ids);
    connections.forEach(HubConnection::close);
  }

  /** Believes what a token says of itself. */
  private static final class ShortTokens implements TokenAuthenticator {
    @Override
    public CompletionStage<Identity> authenticate(HttpExchange exchange) {
      return CompletableFuture.completedFuture(
          AccessToken.ofHeader(exchange.request())
              .map(ShortTokens::identity)
              .orElse(Identity.ANONYMOUS));
    }

    private static Identity identity(String token) {
      String[] parts = token.split("\\.", 2);
      Instant end = Instant.now().plusSeconds(Long.parseLong(parts[0]));
      return new Identity(
          Optional.of(new Ann(Integer.parseInt(parts[1]))),
          role -> false,
          Map.of(),
          Optional.of(end));
    }
  }

  /** The same user under each token. */
  private record Ann(int token) implements Principal {
    @Override
    public String getName() {
      return "ann";
    }
  }

  /** Tells which token it was shown last. */
  public static final class WhoHub extends Hub {
    public int tokenNumber() {
      return ((Ann) context().principal().orElseThrow()).token();
    }
  }
}
