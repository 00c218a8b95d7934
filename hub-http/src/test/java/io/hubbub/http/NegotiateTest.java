package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.HubOptions;
import io.hubbub.TransportType;
import io.hubbub.spi.EndpointAccess.Decision;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiateTest {
  private final HttpFixture fixture = HttpFixture.start();

  @Test
  void versionOneHasATokenThatIsNotTheId() {
    JsonNode answer = fixture.negotiate("negotiateVersion=1");

    assertThat(answer.get("negotiateVersion").asInt()).isEqualTo(1);
    assertThat(answer.get("connectionToken").asText())
        .hasSize(22)
        .matches("[A-Za-z0-9_-]+")
        .isNotEqualTo(answer.get("connectionId").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"negotiateVersion=0", "", "negotiateVersion=-1&x=y"})
  void belowVersionOneTheIdIsTheToken(String query) {
    HttpFixture anyVersion = HttpFixture.start(o -> o.minimumNegotiateVersion(-1));
    JsonNode answer = anyVersion.negotiate(query);

    assertThat(answer.has("connectionToken")).isFalse();
    assertThat(anyVersion.get("/hub?id=" + answer.get("connectionId").asText()).response.status())
        .isEqualTo(200);
  }

  @Test
  void higherVersionsAreAnsweredAsOne() {
    assertThat(fixture.negotiate("negotiateVersion=7").get("negotiateVersion").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "1.5", "2147483648", "1&negotiateVersion=1"})
  void versionMustBeAnInteger(String version) {
    assertThat(fixture.post("/hub/negotiate?negotiateVersion=" + version).text())
        .isEqualTo("{\"error\":\"The client requested a non-integer protocol version.\"}");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-3,0"})
  void versionMayBeTooLow(String version, int minimum) {
    HttpFixture strict = HttpFixture.start(o -> o.minimumNegotiateVersion(minimum));

    FakeExchange answer = strict.post("/hub/negotiate?negotiateVersion=" + version);

    assertThat(answer.response.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            "{\"error\":\"The client requested version '"
                + version
                + "', but the server does not support this version.\"}");
  }

  @Test
  void transportsAreListedInTheirOrderWithTheirFormats() {
    assertThat(fixture.negotiate("").get("availableTransports").toString())
        .isEqualTo(
            "[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
                + "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
                + "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]");
  }

  @Test
  void onlyEnabledTransportsAreListed() {
    HttpFixture polling = HttpFixture.start(o -> o.transports(List.of(TransportType.LONG_POLLING)));

    assertThat(polling.negotiate("").get("availableTransports"))
        .extracting(transport -> transport.get("transport").asText())
        .containsExactly("LongPolling");
  }

  @Test
  void statefulReconnectIsGrantedToThoseWhoAsk() {
    HttpFixture stateful = HttpFixture.start(o -> o.statefulReconnect(true));

    assertThat(stateful.post("/hub/negotiate?useStatefulReconnect=True").text())
        .startsWith("{\"useStatefulReconnect\":true,");
    assertThat(stateful.negotiate("").has("useStatefulReconnect")).isFalse();
    assertThat(fixture.negotiate("useStatefulReconnect=true").has("useStatefulReconnect"))
        .isFalse();
  }

  @Test
  void authenticationsThatCanBeRenewedTellTheirLifetime() {
    Identity ann =
        new Identity(
            Optional.of(() -> "ann"),
            role -> false,
            Map.of(),
            Optional.of(FakeTime.START.plus(Duration.ofMinutes(5))));
    HttpFixture refreshing = HttpFixture.start(o -> o.authenticationRefresh(true));

    FakeExchange answer = new FakeExchange("POST", "/hub/negotiate").as(ann);
    assertThat(HttpFixture.json(refreshing.send(answer)).get("tokenLifetimeSeconds").asInt())
        .isEqualTo(300);
    assertThat(refreshing.negotiate("").has("tokenLifetimeSeconds")).isFalse();
    FakeExchange notRefreshed = new FakeExchange("POST", "/hub/negotiate").as(ann);
    assertThat(HttpFixture.json(fixture.send(notRefreshed)).has("tokenLifetimeSeconds")).isFalse();
  }

  @Test
  void answersAreJsonAndCarryNoCacheHeaders() {
    FakeExchange answer = fixture.post("/hub/negotiate");

    assertThat(answer.answered("Content-Type")).hasValue("application/json");
    assertThat(answer.answered("Cache-Control")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "OPTIONS", "HEAD"})
  void onlyPostNegotiates(String method) {
    FakeExchange answer = fixture.send(new FakeExchange(method, "/hub/negotiate"));

    assertThat(answer.response.status()).isEqualTo(405);
    assertThat(answer.answered("Content-Type")).hasValue("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/HUB/Negotiate", "/hub/negotiate/"})
  void pathsIgnoreCaseAndOneSlashAtTheEnd(String path) {
    assertThat(fixture.post(path).response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/hub/negotiate//", "//hub", "/hub/x", "/hubnegotiate"})
  void otherPathsAreNotOurs(String path) {
    assertThat(fixture.http().handle(new FakeExchange("POST", path))).isFalse();
    assertThat(fixture.http().serves(path)).isFalse();
  }

  @Test
  void unusedConnectionsExpire() {
    String path = fixture.connect();

    fixture.time.pass(Duration.ofSeconds(14));
    String later = fixture.connect();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(fixture.get(path).response.status()).isEqualTo(404);
    assertThat(fixture.get(later).response.status()).isEqualTo(200);
  }

  @Test
  void connectionsNeverStartedAreLimitedOnTheServer() {
    HttpFixture small = HttpFixture.startWith(s -> s.maximumUnstartedConnections(2));
    String first = small.connect();
    small.connect();

    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(503);
    assertThat(small.webSocket("/hub").response.status()).isEqualTo(503);
    small.get(first);
    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(200);
    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(503);
    small.time.pass(Duration.ofSeconds(17));
    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(200);
  }

  @Test
  void connectionsNeverStartedAreLimitedPerAddress() {
    HttpFixture small = HttpFixture.startWith(s -> s.maximumUnstartedConnectionsPerAddress(1));
    String first = small.connect();

    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(429);
    small.webSocket(first);
    assertThat(small.post("/hub/negotiate").response.status()).isEqualTo(200);
  }

  @Test
  void webSocketsWithoutNegotiateDoNotCountAsUnstarted() {
    HttpFixture small = HttpFixture.startWith(s -> s.maximumUnstartedConnections(1));

    for (int i = 0; i < 10; i++) {
      assertThat(small.webSocket("/hub").socket).isNotNull();
    }
  }

  @Test
  void twoHubsCannotShareAPath() {
    assertThatThrownBy(() -> Routes.of(List.of(endpoint("/a"), endpoint("/A/negotiate"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share /A/negotiate");
  }

  private static HubEndpoint endpoint(String path) {
    return new HubEndpoint(
        path,
        HttpFixture.AnyHub.class,
        HubOptions.defaults(),
        new FakeHub(),
        identity -> Decision.PERMITTED);
  }
}
