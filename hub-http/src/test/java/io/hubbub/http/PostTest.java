package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PostTest {
  private final HttpFixture fixture = HttpFixture.start();
  private final String path = fixture.connect();

  @Test
  void bodyOfAnyTypeGoesToTheHub() {
    fixture.get(path);

    FakeExchange post =
        fixture.send(
            new FakeExchange("POST", path).header("Content-Type", "any/thing").body("a", "b"));

    assertThat(post.response.status()).isEqualTo(200);
    assertThat(post.answered("Content-Type")).hasValue("text/plain");
    assertThat(post.response.body()).isEmpty();
    assertThat(fixture.hub.client().received).hasToString("ab");
  }

  @Test
  void answerComesWhenTheHubHasTakenAll() {
    fixture.get(path);
    CompletableFuture<Void> demand = fixture.hub.client().hold();

    FakeExchange post = fixture.post(path, "a", "b");

    assertThat(post.isAnswered()).isFalse();
    assertThat(fixture.hub.client().received).hasToString("a");
    fixture.hub.client().demand = CompletableFuture.completedFuture(null);
    demand.complete(null);
    assertThat(fixture.hub.client().received).hasToString("ab");
    assertThat(post.response.status()).isEqualTo(200);
  }

  @Test
  void postsWaitForEachOther() {
    fixture.get(path);
    CompletableFuture<Void> demand = fixture.hub.client().hold();
    FakeExchange first = fixture.post(path, "a");

    FakeExchange second = fixture.post(path, "b");

    assertThat(fixture.hub.client().received).hasToString("a");
    fixture.hub.client().demand = CompletableFuture.completedFuture(null);
    demand.complete(null);
    assertThat(first.response.status()).isEqualTo(200);
    assertThat(second.response.status()).isEqualTo(200);
    assertThat(fixture.hub.client().received).hasToString("ab");
  }

  @Test
  void waitingPostsAreLimited() {
    fixture.get(path);
    fixture.hub.client().hold();
    List<FakeExchange> posts = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      posts.add(fixture.post(path, "x"));
    }

    assertThat(posts.get(16).isAnswered()).isFalse();
    assertThat(posts.get(17).response.status()).isEqualTo(429);
  }

  @Test
  void whatIsPostedBeforeTheFirstPollWaitsForTheHub() {
    assertThat(fixture.post(path, "hand").response.status()).isEqualTo(200);
    assertThat(fixture.post(path, "shake").response.status()).isEqualTo(200);
    assertThat(fixture.hub.clients).isEmpty();

    fixture.get(path);

    assertThat(fixture.hub.client().received).hasToString("handshake");
  }

  @Test
  void littleIsKeptBeforeTheFirstPoll() {
    FakeExchange big = fixture.post(path, "x".repeat(4097), "never read before the poll");

    assertThat(big.isAnswered()).isFalse();
    fixture.get(path);
    assertThat(big.response.status()).isEqualTo(200);
    assertThat(fixture.hub.client().received)
        .hasToString("x".repeat(4097) + "never read before the poll");
  }

  @Test
  void postOfAConnectionThatEndsIsNotFound() {
    fixture.get(path);
    fixture.hub.client().hold();
    FakeExchange running = fixture.post(path, "a", "b");
    FakeExchange waiting = fixture.post(path, "c");

    fixture.delete(path);

    assertThat(running.response.status()).isEqualTo(404);
    assertThat(waiting.response.status()).isEqualTo(404);
    assertThat(fixture.hub.client().received).hasToString("a");
  }

  @Test
  void lastPostCountsThoughItEndsTheConnection() {
    FakeStream stream = fixture.eventStream(path).stream;
    fixture.hub.client().onReceived =
        () -> fixture.hub.client().end("bad handshake", ConnectionEnd.GRACEFUL);

    FakeExchange post = fixture.post(path, "bad");

    assertThat(stream.text.toString()).endsWith("data: bad handshake\r\n\r\n");
    assertThat(stream.ended).isTrue();
    assertThat(post.response.status()).isEqualTo(200);
  }

  @Test
  void wholeBodyCountsThoughTheConnectionEndsBeforeTheHubHasDoneWithIt() {
    fixture.eventStream(path);
    fixture.hub.client().hold();
    FakeExchange post = fixture.post(path, "handshake");
    assertThat(post.isAnswered()).isFalse();

    fixture.hub.client().end("not welcome", ConnectionEnd.GRACEFUL);

    assertThat(post.response.status()).isEqualTo(200);
  }

  @Test
  void restOfABodyIsRefusedWhenTheConnectionHasEnded() {
    fixture.eventStream(path);
    fixture.hub.client().onReceived =
        () -> fixture.hub.client().end("enough", ConnectionEnd.GRACEFUL);

    FakeExchange post = fixture.post(path, "too", "much");

    assertThat(post.response.status()).isEqualTo(404);
    assertThat(fixture.hub.client().received).hasToString("too");
  }

  @Test
  void postOfAConnectionThatIsNeverStartedIsNotFoundInTheEnd() {
    FakeExchange big = fixture.post(path, "x".repeat(5000));

    fixture.time.pass(Duration.ofSeconds(17));

    assertThat(big.response.status()).isEqualTo(404);
    assertThat(big.response.body()).isEmpty();
  }

  @Test
  void brokenBodyIsABadRequestAndTheNextPostRuns() {
    fixture.get(path);
    CompletableFuture<Void> demand = fixture.hub.client().hold();
    FakeExchange broken = fixture.post(path, "a");
    FakeExchange next = fixture.post(path, "b");
    fixture.hub.client().demand = CompletableFuture.completedFuture(null);

    broken.reader.onError(new java.io.IOException("reset"));

    assertThat(broken.response.status()).isEqualTo(400);
    assertThat(next.response.status()).isEqualTo(200);
    demand.complete(null);
  }

  @Test
  void webSocketsTakeNoPosts() {
    fixture.webSocket(path);

    FakeExchange post = fixture.post(path, "x");

    assertThat(post.response.status()).isEqualTo(405);
    assertThat(post.text()).isEqualTo("POST requests are not allowed for WebSocket connections.");
  }
}
