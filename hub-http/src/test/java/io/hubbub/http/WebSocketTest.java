package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private final HttpFixture fixture = HttpFixture.start();

  @Test
  void needsNoNegotiate() {
    FakeExchange opened = fixture.webSocket("/hub");

    assertThat(opened.socket).isNotNull();
    assertThat(fixture.hub.client().connection.isStatefulReconnectNegotiated()).isFalse();
    assertThat(fixture.hub.client().connection.supports(TransferFormat.BINARY)).isTrue();
    assertThat(fixture.hub.client().connection.hasInherentKeepAlive()).isFalse();
  }

  @Test
  void takesTheIdOfItsToken() {
    JsonNode made = fixture.negotiate("negotiateVersion=1");

    fixture.webSocket("/hub?id=" + made.get("connectionToken").asText());

    assertThat(fixture.hub.client().connection.connectionId())
        .isEqualTo(made.get("connectionId").asText());
  }

  @Test
  void bytesGoBothWays() {
    FakeSocket socket = fixture.webSocket("/hub").socket;

    socket.receive("up");
    fixture.hub.client().send("down");

    assertThat(fixture.hub.client().received).hasToString("up");
    assertThat(socket.messages).containsExactly("down");
  }

  @Test
  void demandIsTheHubs() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    CompletableFuture<Void> demand = fixture.hub.client().hold();

    CompletableFuture<Void> taken = socket.receive("up").toCompletableFuture();

    assertThat(taken).isNotDone();
    demand.complete(null);
    assertThat(taken).isDone();
  }

  @Test
  void hubThatEndsClosesInOrder() {
    FakeSocket socket = fixture.webSocket("/hub").socket;

    fixture.hub.client().end("bye", ConnectionEnd.GRACEFUL);

    assertThat(socket.messages).containsExactly("bye");
    assertThat(socket.closedWith).isEqualTo(1000);
    assertThat(fixture.hub.client().news).isEmpty();
    socket.vanish();
    assertThat(fixture.hub.client().news).containsExactly("closed");
  }

  @Test
  void hubThatFailsSaysSo() {
    FakeSocket socket = fixture.webSocket("/hub").socket;

    fixture.hub.client().end("bye", ConnectionEnd.FAILED);

    assertThat(socket.closedWith).isEqualTo(1011);
  }

  @Test
  void clientThatDoesNotAnswerTheCloseFrameIsCut() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    fixture.hub.client().end("bye", ConnectionEnd.GRACEFUL);

    fixture.time.pass(Duration.ofSeconds(4));
    assertThat(socket.aborted).isFalse();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(socket.aborted).isTrue();
    assertThat(fixture.hub.client().news).containsExactly("closed");
  }

  @Test
  void closeFrameOfTheClientEndsTheConnection() {
    String path = fixture.connect();
    FakeSocket socket = fixture.webSocket(path).socket;

    socket.close();

    assertThat(fixture.hub.client().news).containsExactly("closed");
    assertThat(socket.closedWith).isZero();
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void hubThatAbortsWhileTheClientTakesItsLeaveDoesNotCutIt() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    fixture.hub.client().onGone = () -> fixture.hub.client().connection.abort(null);

    socket.close();

    assertThat(fixture.hub.client().news).containsExactly("closed");
    assertThat(socket.aborted).isFalse();
  }

  @Test
  void socketThatVanishesEndsTheConnection() {
    String path = fixture.connect();
    FakeSocket socket = fixture.webSocket(path).socket;

    socket.vanish();

    assertThat(fixture.hub.client().news).containsExactly("closed");
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void upgradeThatFailsLeavesNothing() {
    String path = fixture.connect();
    FakeExchange failing = new FakeExchange("GET", path).upgrading();
    failing.opensUpgrades = false;
    fixture.send(failing);

    failing.socket.vanish();

    assertThat(fixture.hub.clients).isEmpty();
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void upgradeThatNeverEndsIsForgotten() {
    FakeExchange hanging = new FakeExchange("GET", fixture.connect()).upgrading();
    hanging.opensUpgrades = false;
    fixture.send(hanging);

    fixture.time.pass(Duration.ofSeconds(17));
    hanging.socket.open();

    assertThat(hanging.socket.aborted).isTrue();
    assertThat(fixture.hub.clients).isEmpty();
  }

  @Test
  void clientThatDoesNotReadIsCut() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    socket.reading = false;
    fixture.hub.client().send("never read");

    fixture.time.pass(Duration.ofSeconds(10));
    assertThat(socket.aborted).isFalse();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(socket.aborted).isTrue();
    assertThat(fixture.hub.client().news)
        .containsExactly(
            "closed: The client did not read for 10 s; the option sendTimeout says how long it"
                + " may");
  }

  @Test
  void adapterThatPollsAheadTellsWhoDoesNotRead() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    socket.writing = true;
    fixture.hub.client().send("polled, not written");

    fixture.time.pass(Duration.ofSeconds(13));

    assertThat(socket.aborted).isTrue();
  }

  @Test
  void quietClientLives() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    fixture.hub.client().send("read");

    fixture.time.pass(Duration.ofHours(1));

    assertThat(socket.aborted).isFalse();
  }

  @Test
  void hubCanEndItAtOnce() {
    FakeSocket socket = fixture.webSocket("/hub").socket;

    fixture.hub.client().connection.abort(new IllegalStateException("enough"));

    assertThat(socket.aborted).isTrue();
    assertThat(fixture.hub.client().news).containsExactly("closed: enough");
    assertThat(socket.receive("late").toCompletableFuture()).isDone();
    assertThat(fixture.hub.client().received).isEmpty();
  }

  @Test
  void hubThatCannotBeStartedCutsTheSocket() {
    fixture.hub.failsToOpen = true;

    assertThat(fixture.webSocket("/hub").socket.aborted).isTrue();
  }
}
