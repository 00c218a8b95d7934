package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
  private static final String APP = "https://app.example";

  private final HttpFixture fixture =
      HttpFixture.startWith(
          s ->
              s.cors(
                  c ->
                      c.allowOrigin(APP)
                          .allowOrigin("http://localhost:3000")
                          .allowCredentials()
                          .maxAge(Duration.ofMinutes(10))));

  @Test
  void preflightOfAnAllowedOriginIsGranted() {
    FakeExchange answer = preflight(fixture, APP, "POST");

    assertThat(answer.response.status()).isEqualTo(204);
    assertThat(answer.answered("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(answer.answered("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(answer.answered("Access-Control-Allow-Methods")).hasValue("POST");
    assertThat(answer.answered("Access-Control-Allow-Headers"))
        .hasValue("x-requested-with,x-signalr-user-agent");
    assertThat(answer.answered("Access-Control-Max-Age")).hasValue("600");
    assertThat(answer.answered("Vary")).hasValue("Origin");
  }

  @Test
  void headersAreGrantedAsOneListWithoutBlanks() {
    FakeExchange asked =
        new FakeExchange("OPTIONS", "/hub/negotiate")
            .header("Origin", APP)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "Authorization, X-Own")
            .header("Access-Control-Request-Headers", "X-Other");

    assertThat(fixture.send(asked).answered("Access-Control-Allow-Headers"))
        .hasValue("Authorization,X-Own,X-Other");
  }

  @Test
  void preflightOfAnotherOriginGrantsNothing() {
    FakeExchange answer = preflight(fixture, "https://evil.example", "POST");

    assertThat(answer.response.status()).isEqualTo(204);
    assertThat(answer.response.headers()).extracting(e -> e.getKey()).containsExactly("Vary");
  }

  @Test
  void methodsThatNoTransportUsesAreNotGranted() {
    assertThat(preflight(fixture, APP, "PUT").answered("Access-Control-Allow-Methods")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"POST,/hub/negotiate,200", "GET,/hub,400", "POST,/secure,401", "PUT,/hub,405"})
  void allAnswersCarryTheHeaders(String method, String uri, int status) {
    FakeExchange answer = fixture.send(new FakeExchange(method, uri).header("Origin", APP));

    assertThat(answer.response.status()).isEqualTo(status);
    assertThat(answer.answered("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(answer.answered("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(answer.answered("Vary")).hasValue("Origin");
  }

  @Test
  void streamsAndUpgradesCarryTheHeaders() {
    FakeExchange stream =
        new FakeExchange("GET", fixture.connect())
            .header("Accept", "text/event-stream")
            .header("Origin", APP);
    FakeExchange socket = new FakeExchange("GET", "/hub").upgrading().header("Origin", APP);

    assertThat(fixture.send(stream).answered("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(fixture.send(socket).answered("Access-Control-Allow-Origin")).hasValue(APP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "http://app.example", "null", "", "garbage://"})
  void otherOriginsGetNothing(String origin) {
    FakeExchange answer =
        fixture.send(new FakeExchange("POST", "/hub/negotiate").header("Origin", origin));

    assertThat(answer.response.status()).isEqualTo(200);
    assertThat(answer.answered("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.answered("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void originsAreComparedWithoutCaseAndDefaultPort() {
    FakeExchange answer =
        fixture.send(
            new FakeExchange("POST", "/hub/negotiate").header("Origin", "https://APP.example:443"));

    assertThat(answer.answered("Access-Control-Allow-Origin")).hasValue("https://APP.example:443");
  }

  @Test
  void oneOriginNeedsNoVary() {
    HttpFixture one = HttpFixture.startWith(s -> s.cors(c -> c.allowOrigin(APP)));

    FakeExchange answer =
        one.send(new FakeExchange("POST", "/hub/negotiate").header("Origin", APP));

    assertThat(answer.answered("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(answer.answered("Vary")).isEmpty();
  }

  @Test
  void anyOriginIsAStarWithoutCredentials() {
    HttpFixture any = HttpFixture.startWith(s -> s.cors(CorsOptions.Builder::allowAnyOrigin));

    FakeExchange answer = any.send(new FakeExchange("GET", "/hub").header("Origin", "https://x"));

    assertThat(answer.answered("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.answered("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void withoutCorsNothingIsSaid() {
    HttpFixture closed = HttpFixture.start();

    assertThat(preflight(closed, APP, "POST").response.status()).isEqualTo(405);
    assertThat(preflight(closed, APP, "POST").answered("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void impossibleConfigurationsAreRefusedWithAReason() {
    assertRefused(c -> c.allowAnyOrigin().allowCredentials(), "Any origin and credentials");
    assertRefused(c -> c.allowAnyOrigin().allowOrigin(APP), "either allowAnyOrigin or allowOrigin");
    assertRefused(c -> {}, "at least one origin");
    assertRefused(c -> c.allowOrigin("*"), "Expected an origin like");
    assertRefused(c -> c.allowOrigin("app.example"), "Expected an origin like");
    assertRefused(c -> c.allowOrigin(APP + "/"), "without path");
    assertRefused(c -> c.allowOrigin("https://u@app.example"), "Expected an origin like");
    assertRefused(c -> c.allowOrigin(APP).maxAge(Duration.ofSeconds(-1)), "maxAge");
  }

  @ParameterizedTest
  @CsvSource({
    // with CORS: what it allows, and the host itself
    "true,  https://app.example,  hub.example,      ,               false, true",
    "true,  https://evil.example, hub.example,      ,               false, false",
    "true,  null,                 hub.example,      ,               false, false",
    "true,  https://hub.example,  hub.example,      ,               true,  true",
    "true,  http://hub.example,   hub.example,      ,               true,  true",
    "true,  https://hub.example,  hub.example:443,  ,               true,  true",
    "true,  https://hub.example,  10.0.0.7:8080,    hub.example,    true,  true",
    "true,  https://hub.example,  10.0.0.7:8080,    other.example,  true,  false",
    // without: foreign pages must not bring cookies
    "false, https://evil.example, hub.example,      ,               true,  false",
    "false, https://evil.example, hub.example,      ,               false, true",
    "false, null,                 hub.example,      ,               true,  false",
    "false, https://hub.example,  hub.example,      ,               true,  true",
    "false, https://hub.example,  10.0.0.7,         'a, hub.example', true, true",
    "false, https://hub.example:8443, hub.example:9443, ,           true,  false",
    "false, ,                     hub.example,      ,               true,  true"
  })
  void webSocketsOfForeignPagesAreKeptOut(
      boolean cors, String origin, String host, String forwarded, boolean cookie, boolean passes) {
    HttpFixture server = cors ? fixture : HttpFixture.start();
    FakeExchange request = new FakeExchange("GET", "/hub").upgrading().header("Host", host);
    addIfPresent(request, "Origin", origin);
    addIfPresent(request, "X-Forwarded-Host", forwarded);
    addIfPresent(request, "Cookie", cookie ? "session=1" : null);

    server.send(request);

    assertThat(request.socket != null).isEqualTo(passes);
    if (!passes) {
      assertThat(request.response.status()).isEqualTo(403);
    }
  }

  @Test
  void plainPageDoesNotPassForTheSecureSite() {
    FakeExchange request =
        new FakeExchange("GET", "/hub")
            .upgrading()
            .over("https")
            .header("Host", "hub.example")
            .header("Origin", "http://hub.example")
            .header("Cookie", "session=1");

    assertThat(fixture.send(request).response.status()).isEqualTo(403);
  }

  @Test
  void originCheckOfWebSocketsCanBeSwitchedOff() {
    HttpFixture open =
        HttpFixture.startWith(s -> s.cors(c -> c.allowOrigin(APP)).checkWebSocketOrigins(false));
    FakeExchange request =
        new FakeExchange("GET", "/hub").upgrading().header("Origin", "https://evil.example");

    assertThat(open.send(request).socket).isNotNull();
  }

  private static void addIfPresent(FakeExchange request, String name, String value) {
    if (value != null) {
      request.header(name, value);
    }
  }

  private static FakeExchange preflight(HttpFixture server, String origin, String method) {
    return server.send(
        new FakeExchange("OPTIONS", "/hub/negotiate")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "x-requested-with,x-signalr-user-agent"));
  }

  private static void assertRefused(Consumer<CorsOptions.Builder> cors, String reason) {
    assertThatThrownBy(() -> HttpFixture.startWith(s -> s.cors(cors)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
