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
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are good for a short time: {@code SECONDS.NUMBER}. */
class TokenExpiryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Longer than a busy machine may keep a thread waiting. */
  private static final int TOKEN_SECONDS = 6;

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
  private List<Client> connectAll(Consumer<HubOptions.Builder> options) {
    Hubs hubs = Hubs.builder().hub("/who", WhoHub.class, options).build();
    server = HubServer.start("netty", 0, hubs, http -> http.authenticator(new ShortTokens()));
    return Arrays.stream(TransportType.values()).map(this::connect).toList();
  }

  private Client connect(TransportType transport) {
    HubConnection connection =
        HubConnection.builder(URI.create("http://127.0.0.1:" + server.port() + "/who"))
            .transports(transport)
            .accessToken(() -> CompletableFuture.completedFuture(nextToken()))
            .automaticReconnect(
                RetryPolicy.exponential(Duration.ofMillis(20), Duration.ofMillis(500)))
            .build();
    Client client = new Client(connection, new ConcurrentLinkedQueue<>());
    connection.onReconnected(id -> client.askToken().thenAccept(client.shownOnReturn()::add));
    get(connection.start());
    return client;
  }

  private String nextToken() {
    return TOKEN_SECONDS + "." + asked.incrementAndGet();
  }

  /**
   * A connection.
   *
   * @param shownOnReturn the token that it had each time it had come back
   */
  private record Client(HubConnection connection, Queue<Integer> shownOnReturn) {
    CompletableFuture<Integer> askToken() {
      return connection.invoke(int.class, "TokenNumber");
    }

    /** One that took an earlier token on its way back will come back once more. */
    boolean isBackWithATokenAfter(int number) {
      return shownOnReturn.stream().anyMatch(shown -> shown > number);
    }
  }

  @Test
  void connectionsWhoseTokenExpiresComeBackWithAnotherToken() {
    List<Client> clients = connectAll(options -> options.closeOnAuthenticationExpiration(true));
    int connects = asked.get();
    for (Client client : clients) {
      await().atMost(PATIENCE).until(() -> client.isBackWithATokenAfter(connects));
    }
    clients.forEach(client -> client.connection().close());
  }

  @Test
  void freshTokensAreShownAgainAndAgainOnTheSameConnection() {
    List<Client> clients = connectAll(options -> options.authenticationRefresh(true));
    List<Optional<String>> ids = ids(clients);
    int connects = asked.get();
    for (Client client : clients) {
      await().atMost(PATIENCE).until(() -> get(client.askToken()) > connects + clients.size());
    }
    assertThat(ids(clients)).isEqualTo(ids);
    clients.forEach(client -> client.connection().close());
  }

  private static List<Optional<String>> ids(List<Client> clients) {
    return clients.stream().map(client -> client.connection().connectionId()).toList();
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
