package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of an HTTP server must do, shown over real connections. An adapter's test
 * extends this and says how its server is started.
 *
 * <p>Threads: one; the server is shared by all tests of a class.
 */
public abstract class TransportContract extends PollingContract {
  @Test
  void negotiateAnswersWhereverTheHubIs() {
    for (String path : List.of("/chat/negotiate", "/CHAT/Negotiate", "/chat/negotiate/")) {
      HttpResponse<String> answer = http().post(path + "?negotiateVersion=1", "");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(WireHttp.json(answer.body()).get("connectionToken").asText()).hasSize(22);
    }
    assertThat(http().get("/chat/negotiate").statusCode()).isEqualTo(405);
    assertThat(http().post("/nowhere/negotiate", "").statusCode()).isEqualTo(404);
  }

  @Test
  void badRequestsAreAnsweredWithAReason() {
    assertText(http().get("/chat"), 400, "Connection ID required");
    assertText(http().post("/chat?id=unknown", "x"), 404, "No Connection with that ID");
    assertText(http().send("DELETE", "/chat"), 400, "Connection ID required");
    assertThat(http().send("PUT", "/chat").statusCode()).isEqualTo(405);
    assertText(
        http().get(http().connect("/ws")),
        404,
        "LongPolling transport not supported by this end point type");
  }

  @Test
  void pagesOfOtherOriginsAreToldWhatTheyMay() {
    HttpResponse<String> preflight =
        http()
            .send(
                "OPTIONS",
                "/chat/negotiate",
                "Origin",
                APP,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "x-requested-with");
    HttpResponse<String> refused = http().get("/secure", "Origin", APP);

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-origin")).hasValue(APP);
    assertThat(preflight.headers().firstValue("access-control-allow-headers"))
        .hasValue("x-requested-with");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(refused.headers().firstValue("access-control-allow-origin")).hasValue(APP);
    assertThat(WireSocket.refusal(http(), "/chat", "Origin", APP)).isEqualTo(101);
    assertThat(WireSocket.refusal(http(), "/chat", "Origin", "https://evil.example"))
        .isEqualTo(403);
  }

  @Test
  void tokensMakeUsers() {
    WireSocket inQuery = WireSocket.connect(http(), "/secure?access_token=ann");
    WireSocket inHeader = WireSocket.connect(http(), "/secure", "Authorization", "Bearer bob");

    inQuery.invoke("1", "UserId");
    inHeader.invoke("1", "UserId");

    assertThat(inQuery.records().nextJson().get("result").asText()).isEqualTo("ann");
    assertThat(inHeader.records().nextJson().get("result").asText()).isEqualTo("bob");
    String path = http().connect("/secure", "Authorization", "Bearer ann");
    assertThat(http().get(path, "Authorization", "Bearer bob").statusCode()).isEqualTo(403);
    assertThat(http().get(path, "Authorization", "Bearer ann").statusCode()).isEqualTo(200);
    inQuery.close(1000);
    inHeader.close(1000);
  }

  @Test
  void clientThatDoesNotReadIsCutAndOthersHearEverything() {
    WireSocket slow = WireSocket.connect(http(), "/flood");
    String slowId = idOf(slow);
    slow.stopReading();
    WireSocket fast = WireSocket.connect(http(), "/flood");

    for (int i = 0; i < 40; i++) {
      fast.invoke("f" + i, "Flood", "25", "10000");
      for (int n = 0; n < 25; n++) {
        assertThat(fast.records().nextJson().get("arguments").get(0).asInt()).isEqualTo(n);
      }
      assertThat(fast.records().nextJson().get("invocationId").asText()).isEqualTo("f" + i);
    }

    awaitGone(slowId);
    slow.cut();
    fast.close(1000);
  }

  @Test
  void shutdownEndsConnectionsInOrderAndRefusesNewOnes() throws Exception {
    try (ServerUnderTest server = startAnother()) {
      WireHttp there = new WireHttp(server.uri());
      WireSocket socket = WireSocket.connect(there, "/chat");
      String polling = there.connect("/chat");
      there.get(polling);
      there.post(polling, WireSocket.HANDSHAKE);
      there.get(polling);
      CompletableFuture<HttpResponse<String>> poll = there.startPoll(polling);
      CompletableFuture<HttpResponse<String>> other = there.startPoll(polling);
      // One of them ends the other: then it is certain that it waits.
      WireHttp.await(CompletableFuture.anyOf(poll, other));

      CompletableFuture<Void> done = server.shutdown(Duration.ofSeconds(10)).toCompletableFuture();

      assertThat(socket.records().last()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
      assertThat(socket.closeCode()).isEqualTo(1000);
      for (CompletableFuture<HttpResponse<String>> each : List.of(poll, other)) {
        assertThat(WireHttp.await(each).statusCode()).isIn(200, 204);
      }
      WireHttp.await(done);
    }
  }
}
