package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongPollingTest {
  private final HttpFixture fixture = HttpFixture.start();
  private final String path = fixture.connect();

  @Test
  void firstPollStartsTheHubAndIsAnsweredAtOnce() {
    FakeExchange first = fixture.get(path);

    assertAnswer(first, 200, "application/octet-stream", "");
    assertThat(fixture.hub.clients).hasSize(1);
    assertThat(fixture.hub.client().connection.hasInherentKeepAlive()).isTrue();
    assertThat(fixture.hub.client().connection.supports(TransferFormat.BINARY)).isTrue();
  }

  @Test
  void everythingThatWaitsLeavesInOneAnswer() {
    begin().send("a");
    fixture.hub.client().send("b");

    assertAnswer(fixture.get(path), 200, "application/octet-stream", "ab");
  }

  @Test
  void hubThatSendsWithoutEndFillsOneAnswerAfterTheOther() {
    HttpFixture small = HttpFixture.start(options -> options.outboundLimit(100));
    String path = small.connect();
    small.get(path);
    FakeHub.Client client = small.hub.client();
    client.onPoll = () -> client.queueUpTo(1000, "0123456789");
    client.send("first");

    assertThat(small.get(path).response.body()).hasSizeBetween(100, 110);
    assertThat(small.get(path).response.body()).hasSizeBetween(100, 110);
  }

  @Test
  void pollWaitsForTheFirstMessage() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.get(path);
    assertThat(poll.isAnswered()).isFalse();

    client.send("now");

    assertAnswer(poll, 200, "application/octet-stream", "now");
  }

  @Test
  void pollThatGetsNothingIsAnsweredEmptyAndTheNextOneWaits() {
    begin();
    FakeExchange poll = fixture.get(path);

    fixture.time.pass(Duration.ofSeconds(89));
    assertThat(poll.isAnswered()).isFalse();
    fixture.time.pass(Duration.ofSeconds(3));

    assertAnswer(poll, 200, "text/plain", "");
    assertThat(fixture.get(path).isAnswered()).isFalse();
  }

  @Test
  void newerPollEndsTheOneThatWaits() {
    FakeHub.Client client = begin();
    FakeExchange old = fixture.get(path);

    FakeExchange newer = fixture.get(path);

    assertAnswer(old, 204, "text/plain", "");
    client.send("for the newer");
    assertThat(newer.text()).isEqualTo("for the newer");
  }

  @Test
  void newerPollWaitsForAnAnswerThatIsBeingWritten() {
    FakeHub.Client client = begin();
    FakeExchange slow = fixture.send(new FakeExchange("GET", path).slowToRead());
    client.send("one");
    FakeExchange newer = fixture.get(path);
    client.send("two");
    FakeExchange loser = fixture.get(path);

    assertThat(newer.isAnswered()).isFalse();
    assertThat(loser.response.status()).isEqualTo(409);
    slow.written.complete(null);
    assertThat(newer.text()).isEqualTo("two");
  }

  @Test
  void lastWordsComeBeforeTheEnd() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.get(path);

    client.end("bye", ConnectionEnd.GRACEFUL);

    assertAnswer(poll, 200, "application/octet-stream", "bye");
    assertThat(client.news).isEmpty();
    assertAnswer(fixture.get(path), 204, "text/plain", "");
    assertThat(client.news).containsExactly("closed");
    assertAnswer(fixture.get(path), 404, "text/plain", "No Connection with that ID");
  }

  @Test
  void hubThatEndedIsNotKeptForAClientThatStaysAway() {
    FakeHub.Client client = begin();
    client.end("bye", ConnectionEnd.GRACEFUL);

    fixture.time.pass(Duration.ofSeconds(7));

    assertThat(client.news).containsExactly("closed");
  }

  @Test
  void clientMayStayAwayBetweenPollsForAWhileOnly() {
    FakeHub.Client client = begin();

    fixture.time.pass(Duration.ofSeconds(14));
    fixture.get(path).goAway();
    fixture.time.pass(Duration.ofSeconds(14));
    assertThat(client.news).isEmpty();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(client.news).containsExactly("closed");
    assertThat(fixture.get(path).response.status()).isEqualTo(404);
  }

  @Test
  void pollThatWaitsIsNoAbsence() {
    FakeHub.Client client = begin();
    fixture.get(path);

    fixture.time.pass(Duration.ofSeconds(60));

    assertThat(client.news).isEmpty();
  }

  @Test
  void abortedPollLosesNothing() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.get(path);
    poll.goAway();

    client.send("kept");

    assertThat(poll.isAnswered()).isFalse();
    assertThat(fixture.get(path).text()).isEqualTo("kept");
  }

  @Test
  void answerThatNobodyReadsIsCut() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.send(new FakeExchange("GET", path).slowToRead());
    client.send("x");
    FakeExchange next = fixture.get(path);

    fixture.time.pass(Duration.ofSeconds(9));
    assertThat(poll.aborted).isFalse();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(poll.aborted).isTrue();
    assertThat(next.response.status()).isEqualTo(204);
    assertThat(client.news)
        .containsExactly(
            "closed: The client did not read for 10 s; the option sendTimeout says how long it"
                + " may");
  }

  @Test
  void deleteEndsTheConnection() {
    FakeHub.Client client = begin();

    assertAnswer(fixture.delete(path), 202, "text/plain", "");

    assertThat(client.news).containsExactly("closed");
    assertAnswer(fixture.get(path), 404, "text/plain", "No Connection with that ID");
    assertAnswer(fixture.post(path, "x"), 404, "text/plain", "No Connection with that ID");
    assertAnswer(fixture.delete(path), 404, "text/plain", "No Connection with that ID");
  }

  @Test
  void deleteGivesAWaitingPollTheLastWords() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.get(path);

    fixture.delete(path);

    assertAnswer(poll, 200, "application/octet-stream", "close");
    assertThat(client.news).containsExactly("close requested", "closed");
    assertAnswer(fixture.get(path), 404, "text/plain", "No Connection with that ID");
  }

  @Test
  void deleteDoesNotWaitForeverForTheHub() {
    FakeHub.Client client = begin();
    client.endsWhenAsked = false;
    FakeExchange poll = fixture.get(path);
    fixture.delete(path);

    fixture.time.pass(Duration.ofSeconds(7));

    assertAnswer(poll, 204, "text/plain", "");
    assertThat(client.news).containsExactly("close requested", "closed");
  }

  @Test
  void hubCanEndItAtOnce() {
    FakeHub.Client client = begin();
    FakeExchange poll = fixture.get(path);

    client.connection.abort(new IllegalStateException("enough"));

    assertAnswer(poll, 204, "text/plain", "");
    assertThat(client.news).containsExactly("closed: enough");
    assertThat(fixture.get(path).response.status()).isEqualTo(404);
  }

  @Test
  void hubThatCannotBeStartedIsAnError() {
    HttpFixture broken = HttpFixture.start();
    String path = broken.connect();
    broken.hub.failsToOpen = true;

    assertThat(broken.get(path).response.status()).isEqualTo(500);
    assertThat(broken.get(path).response.status()).isEqualTo(404);
  }

  @Test
  void pollThatStartsAConnectionWhichEndsMeanwhileIsAnsweredOnce() {
    fixture.hub.onOpen = () -> fixture.delete(path);

    FakeExchange poll = fixture.get(path);

    assertAnswer(poll, 204, "text/plain", "");
    assertThat(poll.answers).isEqualTo(1);
    assertThat(fixture.hub.client().news).containsExactly("closed");
  }

  private FakeHub.Client begin() {
    fixture.get(path);
    return fixture.hub.client();
  }

  private static void assertAnswer(FakeExchange answer, int status, String type, String text) {
    assertThat(answer.response).isNotNull();
    assertThat(answer.response.status()).isEqualTo(status);
    assertThat(answer.answered("Content-Type")).hasValue(type);
    assertThat(answer.text()).isEqualTo(text);
  }
}
