package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.client.FakeServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationRefreshTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeServer server = FakeServer.start();
  private final AtomicInteger asked = new AtomicInteger();
  private HubConnection connection;
  private FakeSocket socket;

  @AfterEach
  void close() {
    connection.stop();
    server.close();
  }

  /**
   * Connects to a server that tells how long a token is good for.
   *
   * @param seconds the first token's lifetime
   * @param refresh the answer to each refresh
   */
  private void connect(int seconds, Answer refresh) {
    server.negotiateWith(
        head -> head.contains("/refresh") ? refresh : Answer.json(withLifetime(seconds)));
    connection =
        HubConnection.builder(server.url())
            .accessToken(() -> CompletableFuture.completedFuture("t" + asked.incrementAndGet()))
            .build();
    CompletableFuture<Void> started = connection.start();
    socket = server.nextConnection();
    get(started);
  }

  private static String withLifetime(int seconds) {
    return Answer.connection("token")
        .body()
        .replace("{\"neg", "{\"tokenLifetimeSeconds\":" + seconds + ",\"neg");
  }

  private static Answer refreshed(String lifetime) {
    return Answer.json("{\"connectionId\":\"id-token\"" + lifetime + "}");
  }

  /** The requests to refresh, each with its token. */
  private List<String> refreshes() {
    return server.requests().stream()
        .filter(head -> head.contains("/refresh"))
        .map(head -> head.replaceAll("(?s)^(\\S+ \\S+).*Bearer (\\w+).*", "$1 $2"))
        .toList();
  }

  private void callWorks() {
    CompletableFuture<String> call = connection.invoke(String.class, "Echo", "x");
    socket.answer("\"x\"");
    assertThat(get(call)).isEqualTo("x");
  }

  @Test
  void freshTokensAreShownInTimeAgainAndAgain() {
    connect(1, refreshed(",\"tokenLifetimeSeconds\":1"));
    await().atMost(PATIENCE).until(() -> refreshes().size() >= 2);
    assertThat(refreshes().subList(0, 2))
        .containsExactly("POST /hub/refresh?id=token t3", "POST /hub/refresh?id=token t4");
    callWorks();
  }

  @Test
  void lifetimeThatIsNotToldAgainEndsTheRenewal() {
    connect(1, refreshed(""));
    await().atMost(PATIENCE).until(() -> refreshes().size() == 1);
    get(connection.refreshAuthentication());
    assertThat(refreshes()).hasSize(2);
    callWorks();
  }

  @Test
  void refreshThatIsRefusedLeavesTheConnectionToTheServer() {
    connect(1, new Answer(401, "{\"error\":\"invalid_token\"}"));
    await().atMost(PATIENCE).until(() -> refreshes().size() == 1);
    callWorks();
    assertThat(failure(connection.refreshAuthentication())).hasMessageContaining("401");
    callWorks();
  }

  @Test
  void applicationCanShowATokenAtAnyTime() {
    connect(3600, refreshed(",\"tokenLifetimeSeconds\":3600"));
    get(connection.refreshAuthentication());
    get(connection.refreshAuthentication());
    assertThat(refreshes())
        .containsExactly("POST /hub/refresh?id=token t3", "POST /hub/refresh?id=token t4");
  }

  @Test
  void nothingCanBeShownWithoutAConnection() {
    connect(3600, refreshed(""));
    get(connection.stop());
    assertThat(failure(connection.refreshAuthentication()))
        .isInstanceOf(io.hubbub.ConnectionClosedException.class);
  }
}
