package io.hubbub.http;

import static io.hubbub.http.HttpFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.spi.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private final HttpFixture fixture =
      HttpFixture.start(
          o -> o.authenticationRefresh(true).closeOnAuthenticationExpiration(true),
          s -> s.authenticator(AuthenticationTest::authenticate));

  /** A token is a user's name, or a name and its seconds to live. */
  private static CompletionStage<Identity> authenticate(HttpExchange exchange) {
    return AccessToken.of(exchange)
        .map(AuthenticationTest::read)
        .orElse(CompletableFuture.completedFuture(Identity.ANONYMOUS));
  }

  private static CompletionStage<Identity> read(String token) {
    if (token.equals("bad")) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("a bad token"));
    }
    if (token.equals("broken")) {
      return CompletableFuture.completedFuture(Identity.of(AuthenticationTest::brokenName));
    }
    String[] parts = token.split(":", 2);
    Optional<java.time.Instant> end =
        parts.length == 1
            ? Optional.empty()
            : Optional.of(FakeTime.START.plusSeconds(Long.parseLong(parts[1])));
    return CompletableFuture.completedFuture(
        new Identity(Optional.of(() -> parts[0]), role -> false, Map.of(), end));
  }

  private static String brokenName() {
    throw new IllegalStateException("broken on purpose");
  }

  @Test
  void hubThatNeedsAUserChallengesNobody() {
    FakeExchange answer = fixture.post("/secure/negotiate");

    assertThat(answer.response.status()).isEqualTo(401);
    assertThat(answer.answered("WWW-Authenticate")).hasValue("Bearer");
    assertThat(answer.answered("Content-Type")).isEmpty();
    assertThat(answer.response.body()).isEmpty();
  }

  @Test
  void badTokenIsNamedInTheChallenge() {
    FakeExchange answer = fixture.send(bearer("POST", "/secure/negotiate", "bad"));

    assertThat(answer.response.status()).isEqualTo(401);
    assertThat(answer.answered("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
  }

  @Test
  void badTokenIsNobodyToAHubThatIsOpen() {
    FakeExchange answer = fixture.send(bearer("POST", "/hub/negotiate", "bad"));

    assertThat(answer.response.status()).isEqualTo(200);
  }

  @Test
  void authenticatorThatThrowsIsABadToken() {
    HttpFixture broken =
        HttpFixture.startWith(
            s ->
                s.authenticator(
                    exchange -> {
                      throw new IllegalStateException("broken");
                    }));

    assertThat(broken.post("/secure/negotiate").response.status()).isEqualTo(401);
  }

  @Test
  void containersUserCountsWithoutAnAuthenticator() {
    HttpFixture container = HttpFixture.start();

    FakeExchange nobody = container.post("/secure/negotiate");
    FakeExchange ann = new FakeExchange("POST", "/secure/negotiate").as(user("ann"));

    assertThat(nobody.response.status()).isEqualTo(401);
    assertThat(nobody.answered("WWW-Authenticate")).isEmpty();
    assertThat(container.send(ann).response.status()).isEqualTo(200);
  }

  @Test
  void everyRequestIsChecked() {
    for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
      assertThat(fixture.send(new FakeExchange(method, "/secure?id=x")).response.status())
          .isEqualTo(401);
    }
  }

  @Test
  void tokenComesInTheHeaderOrOnSocketsAndStreamsInTheQuery() {
    assertThat(AccessToken.of(bearer("POST", "/hub", "ann"))).hasValue("ann");
    assertThat(AccessToken.of(new FakeExchange("GET", "/hub").header("authorization", "bearer a")))
        .hasValue("a");
    assertThat(AccessToken.of(new FakeExchange("GET", "/hub?access_token=ann").upgrading()))
        .hasValue("ann");
    assertThat(
            AccessToken.of(
                new FakeExchange("GET", "/hub?access_token=ann")
                    .header("Accept", "text/event-stream")))
        .hasValue("ann");
    assertThat(AccessToken.of(new FakeExchange("POST", "/hub?access_token=ann"))).isEmpty();
    assertThat(AccessToken.of(new FakeExchange("GET", "/hub?access_token=ann"))).isEmpty();
    assertThat(AccessToken.ofQuery(new FakeExchange("POST", "/hub?access_token=a"))).hasValue("a");
    assertThat(AccessToken.of(new FakeExchange("GET", "/hub").header("Authorization", "Basic x")))
        .isEmpty();
  }

  @Test
  void slowAuthenticatorHoldsNobodyUp() {
    CompletableFuture<Identity> later = new CompletableFuture<>();
    HttpFixture slow = HttpFixture.startWith(s -> s.authenticator(exchange -> later));

    FakeExchange answer = slow.post("/secure/negotiate");

    assertThat(answer.isAnswered()).isFalse();
    later.complete(user("ann"));
    assertThat(answer.response.status()).isEqualTo(200);
  }

  @Test
  void connectionEndsInOrderWhenItsAuthenticationExpires() {
    fixture.send(bearer("GET", "/hub", "ann:30").upgrading());

    fixture.time.pass(Duration.ofSeconds(29));
    assertThat(fixture.hub.client().news).isEmpty();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(fixture.hub.client().news).containsExactly("close requested");
  }

  @Test
  void expiryDoesNotMatterUnlessAskedFor() {
    HttpFixture lasting =
        HttpFixture.startWith(s -> s.authenticator(AuthenticationTest::authenticate));
    lasting.send(bearer("GET", "/hub", "ann:30").upgrading());

    lasting.time.pass(Duration.ofMinutes(5));

    assertThat(lasting.hub.client().news).isEmpty();
  }

  @Test
  void pollsRenewTheAuthentication() {
    String path = negotiated("ann:20");
    fixture.send(bearer("GET", path, "ann:20"));

    fixture.send(bearer("GET", path, "ann:600"));
    fixture.time.pass(Duration.ofSeconds(60));

    assertThat(fixture.hub.client().news).containsExactly("identity ann");
  }

  @Test
  void postsDoNotRenewTheAuthentication() {
    String path = negotiated("ann:20");
    fixture.send(bearer("GET", path, "ann:20"));

    fixture.send(bearer("POST", path, "ann:600").body("x"));

    assertThat(fixture.hub.client().connection.identity().expiresAt())
        .hasValue(FakeTime.START.plusSeconds(20));
  }

  @Test
  void refreshRenewsTheAuthenticationOfASocket() {
    String path = negotiated("ann:30");
    fixture.send(bearer("GET", path, "ann:30").upgrading());

    FakeExchange answer = fixture.send(bearer("POST", refresh(path), "ann:600"));

    JsonNode document = HttpFixture.json(answer);
    assertThat(answer.response.status()).isEqualTo(200);
    assertThat(answer.answered("Content-Type")).hasValue("application/json");
    assertThat(document.get("connectionId").asText())
        .isEqualTo(fixture.hub.client().connection.connectionId());
    assertThat(document.get("refreshedAt").asText()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(document.get("tokenLifetimeSeconds").asInt()).isEqualTo(600);
    fixture.time.pass(Duration.ofSeconds(60));
    assertThat(fixture.hub.client().news).containsExactly("identity ann");
  }

  @Test
  void refreshIsRefusedWithAReason() {
    String path = negotiated("ann");
    fixture.send(bearer("GET", path, "ann").upgrading());

    assertRefused(bearer("POST", "/hub/refresh", "ann"), 400, "missing_connection_token");
    assertRefused(bearer("POST", "/hub/refresh?id=x", "ann"), 404, "connection_not_found");
    assertRefused(
        bearer("POST", refresh(path).replace("/hub", "/other"), "ann"),
        404,
        "connection_not_found");
    assertRefused(bearer("POST", refresh(path), "bad"), 401, "invalid_token");
    assertRefused(new FakeExchange("POST", refresh(path)), 401, "invalid_token");
    assertRefused(bearer("POST", refresh(path), "bob"), 403, "permission_change_rejected");
    assertThat(fixture.send(bearer("GET", refresh(path), "ann")).response.status()).isEqualTo(405);
    assertThat(fixture.hub.client().news).isEmpty();
  }

  @Test
  void refreshCanBeSwitchedOff() {
    HttpFixture off = HttpFixture.startWith(s -> s.authenticator(AuthenticationTest::authenticate));

    FakeExchange answer = off.send(bearer("POST", "/hub/refresh?id=x", "ann"));

    assertThat(answer.response.status()).isEqualTo(404);
    assertThat(HttpFixture.json(answer).get("error").asText()).isEqualTo("refresh_disabled");
  }

  @Test
  void refreshMayChangeTheUserWhereConnectionsAreNotBound() {
    HttpFixture open =
        HttpFixture.start(
            o -> o.authenticationRefresh(true),
            s -> s.authenticator(AuthenticationTest::authenticate).bindConnectionsToUsers(false));
    FakeExchange made = open.send(bearer("POST", "/hub/negotiate", "ann"));
    String path = "/hub?id=" + HttpFixture.json(made).get("connectionId").asText();
    open.send(bearer("GET", path, "ann").upgrading());

    open.send(bearer("POST", refresh(path), "bob"));

    assertThat(open.hub.client().news).containsExactly("identity bob");
  }

  @Test
  void authenticatorThatFindsNullFindsNobody() {
    HttpFixture careless =
        HttpFixture.start(
            o -> o.authenticationRefresh(true),
            s -> s.authenticator(exchange -> CompletableFuture.completedFuture(null)));

    assertThat(careless.post("/secure/negotiate").response.status()).isEqualTo(401);
    assertThat(careless.post("/hub/refresh?id=x").response.status()).isEqualTo(401);
  }

  @Test
  void refreshIsAnsweredWhenSomethingInItFails() {
    String path = negotiated("ann");

    FakeExchange answer = fixture.send(bearer("POST", refresh(path), "broken"));

    assertThat(answer.response.status()).isEqualTo(500);
  }

  private String negotiated(String token) {
    FakeExchange made = fixture.send(bearer("POST", "/hub/negotiate", token));
    return "/hub?id=" + HttpFixture.json(made).get("connectionId").asText();
  }

  private static String refresh(String path) {
    return path.replace("?", "/refresh?");
  }

  private static FakeExchange bearer(String method, String uri, String token) {
    return new FakeExchange(method, uri).header("Authorization", "Bearer " + token);
  }

  private void assertRefused(FakeExchange request, int status, String error) {
    FakeExchange answer = fixture.send(request);

    assertThat(answer.response.status()).isEqualTo(status);
    assertThat(HttpFixture.json(answer).get("error").asText()).isEqualTo(error);
    assertThat(HttpFixture.json(answer).has("error_description")).isTrue();
  }
}
