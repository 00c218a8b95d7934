package io.hubbub.http;

import static io.hubbub.http.HttpFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.TransportType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked of a request before its transport sees it, in this order. */
class ConnectionChecksTest {
  private final HttpFixture fixture = HttpFixture.start();

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "HEAD", "OPTIONS"})
  void otherMethodsAreRefused(String method) {
    FakeExchange answer = fixture.send(new FakeExchange(method, "/hub"));

    assertThat(answer.response.status()).isEqualTo(405);
    assertThat(answer.answered("Content-Type")).hasValue("text/plain");
    assertThat(answer.response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET,/hub", "POST,/hub", "DELETE,/hub", "GET,/hub?id=", "POST,/HUB/?ID="})
  void idIsRequired(String method, String uri) {
    assertAnswer(fixture.send(new FakeExchange(method, uri)), 400, "Connection ID required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void idMustBeKnown(String method) {
    FakeExchange answer = fixture.send(new FakeExchange(method, "/hub?id=unknown"));

    assertAnswer(answer, 404, "No Connection with that ID");
  }

  @Test
  void idMustBeKnownForWebSocketsToo() {
    assertAnswer(fixture.webSocket("/hub?id=unknown"), 404, "No Connection with that ID");
  }

  @Test
  void publicIdOpensNothing() {
    String id = fixture.negotiate("negotiateVersion=1").get("connectionId").asText();

    assertAnswer(fixture.webSocket("/hub?id=" + id), 404, "No Connection with that ID");
  }

  @Test
  void tokenIsGoodForItsOwnHubOnly() {
    String elsewhere = fixture.connect().replace("/hub", "/other");

    assertAnswer(fixture.webSocket(elsewhere), 404, "No Connection with that ID");
    assertAnswer(fixture.post(elsewhere, "x"), 404, "No Connection with that ID");
    assertAnswer(fixture.delete(elsewhere), 404, "No Connection with that ID");
  }

  @Test
  void tokenIsGoodForItsOwnUserOnly() {
    String path = connectAs("ann");
    String text = "This connection belongs to another user";

    assertAnswer(fixture.get(path), 403, text);
    assertAnswer(fixture.send(new FakeExchange("GET", path).as(user("bob"))), 403, text);
    assertAnswer(fixture.post(path, "x"), 403, text);
    assertAnswer(fixture.delete(path), 403, text);
    assertThat(fixture.send(new FakeExchange("GET", path).as(user("ann"))).response.status())
        .isEqualTo(200);
  }

  @Test
  void bindingToUsersCanBeSwitchedOff() {
    HttpFixture open = HttpFixture.startWith(s -> s.bindConnectionsToUsers(false));
    FakeExchange made = new FakeExchange("POST", "/hub/negotiate").as(user("ann"));
    String path = "/hub?id=" + HttpFixture.json(open.send(made)).get("connectionId").asText();

    assertThat(open.send(new FakeExchange("GET", path).as(user("ann"))).response.status())
        .isEqualTo(200);
    open.send(new FakeExchange("GET", path).as(user("bob")));

    assertThat(open.hub.client().connection.identity().name()).hasValue("ann");
    assertThat(open.hub.client().news).isEmpty();
  }

  @Test
  void whoWasNobodyMayBecomeSomebodyAtTheFirstTransport() {
    String path = fixture.connect();

    fixture.send(new FakeExchange("GET", path).upgrading().as(user("ann")));

    assertThat(fixture.hub.client().connection.identity().name()).hasValue("ann");
    assertThat(fixture.hub.client().connection.request().queryParameter("id")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "WebSockets,LONG_POLLING",
    "ServerSentEvents,LONG_POLLING",
    "LongPolling,WEB_SOCKETS"
  })
  void transportsCanBeSwitchedOff(String name, TransportType only) {
    HttpFixture one = HttpFixture.start(o -> o.transports(List.of(only)));
    String path = one.connect();

    FakeExchange answer =
        switch (name) {
          case "WebSockets" -> one.webSocket(path);
          case "ServerSentEvents" -> one.eventStream(path);
          default -> one.get(path);
        };

    assertAnswer(answer, 404, name + " transport not supported by this end point type");
  }

  @Test
  void webSocketsThatAreSwitchedOffMakeNoConnection() {
    HttpFixture polling = HttpFixture.start(o -> o.transports(List.of(TransportType.LONG_POLLING)));

    FakeExchange answer = polling.webSocket("/hub");

    assertAnswer(answer, 404, "WebSockets transport not supported by this end point type");
    assertThat(polling.hub.clients).isEmpty();
  }

  @Test
  void firstGetFixesTheTransport() {
    String polled = fixture.connect();
    fixture.get(polled);
    String streamed = fixture.connect();
    fixture.eventStream(streamed);
    String text = "Cannot change transports mid-connection";

    assertAnswer(fixture.webSocket(polled), 400, text);
    assertAnswer(fixture.eventStream(polled), 400, text);
    assertAnswer(fixture.get(streamed), 400, text);
    assertAnswer(fixture.webSocket(streamed), 400, text);
  }

  @Test
  void transportIsBusyOnceItIsTaken() {
    String socket = fixture.connect();
    fixture.webSocket(socket);
    String stream = fixture.connect();
    fixture.eventStream(stream);

    assertAnswer(fixture.webSocket(socket), 409, "");
    assertAnswer(fixture.eventStream(stream), 409, "");
    fixture.hub.clients.get(0).send("still here");
    assertThat(fixture.hub.clients.get(0).outbound).isEmpty();
  }

  @Test
  void webSocketWithoutIdHasItsTokenAsId() {
    fixture.webSocket("/hub");
    String id = fixture.hub.client().connection.connectionId();

    assertThat(id).hasSize(22);
    assertAnswer(fixture.webSocket("/hub?id=" + id), 409, "");
    assertThat(fixture.webSocket("/hub?id=").socket).isNotNull();
  }

  @Test
  void pollsAreNeverCachedWhateverTheyAreAnswered() {
    for (String uri : List.of("/hub", "/hub?id=unknown", fixture.connect())) {
      FakeExchange answer = fixture.get(uri);

      assertThat(answer.answered("Cache-Control")).hasValue("no-cache, no-store");
      assertThat(answer.answered("Pragma")).hasValue("no-cache");
      assertThat(answer.answered("Expires")).hasValue("Thu, 01 Jan 1970 00:00:00 GMT");
    }
    assertThat(fixture.post("/hub?id=unknown").answered("Cache-Control")).isEmpty();
  }

  @Test
  void deleteIsForLongPollingOnly() {
    String text = "Cannot terminate this connection using the DELETE endpoint.";
    String fresh = fixture.connect();
    String socket = fixture.connect();
    fixture.webSocket(socket);
    String stream = fixture.connect();
    fixture.eventStream(stream);

    assertAnswer(fixture.delete(fresh), 400, text);
    assertAnswer(fixture.delete(socket), 400, text);
    assertAnswer(fixture.delete(stream), 400, text);
  }

  private String connectAs(String name) {
    FakeExchange made = new FakeExchange("POST", "/hub/negotiate").as(user(name));
    return "/hub?id=" + HttpFixture.json(fixture.send(made)).get("connectionId").asText();
  }

  private static void assertAnswer(FakeExchange answer, int status, String text) {
    assertThat(answer.response).isNotNull();
    assertThat(answer.text()).isEqualTo(text);
    assertThat(answer.response.status()).isEqualTo(status);
    assertThat(answer.answered("Content-Type")).hasValue("text/plain");
  }
}
