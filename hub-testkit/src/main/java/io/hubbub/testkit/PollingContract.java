package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What long polling, Server-Sent Events and posts must do. Threads: one. */
abstract class PollingContract extends SocketContract {
  @Test
  void pollsCarryACall() {
    String path = beginPolling("/chat");

    assertThat(http().post(path, WireSocket.invocation("1", "Echo", "x")).statusCode())
        .isEqualTo(200);
    HttpResponse<String> poll = http().get(path);

    assertThat(poll.body()).contains("\"result\":\"x\"");
    assertThat(poll.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(poll.headers().firstValue("cache-control")).hasValue("no-cache, no-store");
    assertThat(poll.headers().firstValueAsLong("content-length").orElse(-1))
        .isEqualTo(poll.body().length());
  }

  @Test
  void pollThatWaitsIsAnsweredWhenSomethingComes() {
    String path = beginPolling("/chat");
    CompletableFuture<HttpResponse<String>> poll = http().startPoll(path);

    http().post(path, WireSocket.invocation("1", "Echo", "later"));

    assertThat(WireHttp.await(poll).body()).contains("later");
  }

  @Test
  void newerPollEndsTheOlder() {
    String path = beginPolling("/chat");
    CompletableFuture<HttpResponse<String>> first = http().startPoll(path);
    CompletableFuture<HttpResponse<String>> second = http().startPoll(path);

    assertThat(WireHttp.await(CompletableFuture.anyOf(first, second)))
        .isInstanceOfSatisfying(HttpResponse.class, r -> assertThat(r.statusCode()).isEqualTo(204));
    http().post(path, WireSocket.invocation("1", "Echo", "x"));
    assertThat(List.of(WireHttp.await(first), WireHttp.await(second)))
        .extracting(HttpResponse::statusCode)
        .containsExactlyInAnyOrder(200, 204);
  }

  @Test
  void pollWithNothingToSayIsAnsweredEmpty() {
    HttpResponse<String> poll = http().get(beginPolling("/quick"));

    assertText(poll, 200, "");
  }

  @Test
  void longAnswersToPollsArriveWhole() {
    String path = beginPolling("/chat");
    String text = "한글".repeat(5000);
    http().post(path, WireSocket.invocation("1", "Echo", text));

    assertThat(http().get(path).body()).contains(text);
  }

  @Test
  void deleteEndsPolling() {
    String path = beginPolling("/chat");
    CompletableFuture<HttpResponse<String>> poll = http().startPoll(path);

    assertText(http().send("DELETE", path), 202, "");

    // 404 if the poll is overtaken on its way.
    assertThat(WireHttp.await(poll).statusCode()).isIn(200, 204, 404);
    assertText(http().get(path), 404, "No Connection with that ID");
  }

  @Test
  void clientThatStopsPollingIsNoticed() {
    String path = beginPolling("/left");
    http().post(path, WireSocket.invocation("1", "Id"));
    String id =
        WireHttp.json(http().get(path).body().replace(WireRecords.END, "")).get("result").asText();

    awaitGone(id);
  }

  @Test
  void eventsCarryACall() throws Exception {
    String path = http().connect("/chat");
    try (WireEvents events = WireEvents.open(http(), path)) {
      assertThat(events.isOpened()).isTrue();
      assertThat(events.response().headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
      http().post(path, WireSocket.HANDSHAKE);
      assertThat(events.records().next()).isEqualTo("{}");

      http().post(path, WireSocket.invocation("1", "Echo", "안녕"));

      assertThat(events.records().nextJson().get("result").asText()).isEqualTo("안녕");
    }
  }

  @Test
  void eventsEndWhenTheHubEnds() {
    String path = http().connect("/chat");
    try (WireEvents events = WireEvents.open(http(), path)) {
      http().post(path, WireSocket.HANDSHAKE + WireSocket.invocation("1", "Abort"));

      assertThat(events.records().last()).isEqualTo("{\"type\":7}");
    }
  }

  @Test
  void readerOfEventsWhoVanishesIsNoticedAndOthersAreAnswered() {
    String path = http().connect("/chat");
    String id;
    try (WireEvents events = WireEvents.open(http(), path)) {
      http().post(path, WireSocket.HANDSHAKE + WireSocket.invocation("1", "Id"));
      events.records().next();
      id = events.records().nextJson().get("result").asText();
    }
    WireSocket other = WireSocket.connect(http(), "/chat");
    Awaitility.await()
        .atMost(WireHttp.TIMEOUT)
        .until(
            () -> {
              // Some servers notice only when they write.
              other.invoke("1", "Broadcast", "anybody there?");
              assertText(http().post("/chat?id=unknown", "x"), 404, "No Connection with that ID");
              return ContractHub.GONE.contains(id);
            });
    // Its answer comes after the last broadcast, which must not reach the clients of other tests.
    idOf(other);
    other.close(1000);
  }

  @Test
  void postsAreTakenAsTheyCome() {
    String path = beginPolling("/chat");
    String calls = WireSocket.invocation("1", "Echo", "x".repeat(1000)).repeat(200);
    byte[] bytes = calls.getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> post =
        WireHttp.await(
            http()
                .start(
                    "POST",
                    path,
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

    assertThat(post.statusCode()).isEqualTo(200);
    int answers = 0;
    while (answers < 200) {
      answers += http().get(path).body().split(WireRecords.END, -1).length - 1;
    }
    assertThat(answers).isEqualTo(200);
  }

  @Test
  void postOverTheLimitEndsTheConnection() {
    String path = beginPolling("/small");

    http().start("POST", path, BodyPublishers.ofString("x".repeat(1_000_000)));

    assertThat(http().get(path).body()).contains("Connection closed with an error.");
    assertThat(http().get(path).statusCode()).isEqualTo(204);
  }
}
