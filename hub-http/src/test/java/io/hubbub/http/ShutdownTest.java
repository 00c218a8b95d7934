package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final HttpFixture fixture = HttpFixture.start();

  @Test
  void newConnectionsAreRefusedAndOthersGoOn() {
    String negotiated = fixture.connect();
    String polling = fixture.connect();
    fixture.get(polling);
    FakeSocket socket = fixture.webSocket("/hub").socket;

    fixture.http().shutdown(Duration.ofSeconds(5));

    assertThat(fixture.post("/hub/negotiate").response.status()).isEqualTo(503);
    assertThat(fixture.webSocket("/hub").response.status()).isEqualTo(503);
    assertThat(fixture.webSocket(negotiated).response.status()).isEqualTo(503);
    fixture.hub.clients.get(0).send("last");
    assertThat(fixture.get(polling).text()).isEqualTo("last");
    assertThat(fixture.post(polling, "x").response.status()).isEqualTo(200);
    assertThat(socket.aborted).isFalse();
  }

  @Test
  void whatIsLeftWhenTheHubsHaveEndedIsCut() {
    FakeSocket inOrder = fixture.webSocket("/hub").socket;
    fixture.hub.client().end("bye", ConnectionEnd.GRACEFUL);
    FakeSocket stubborn = fixture.webSocket("/hub").socket;
    CompletableFuture<Void> done =
        fixture.http().shutdown(Duration.ofSeconds(5)).toCompletableFuture();
    assertThat(done).isNotDone();

    fixture.hubsShutdown.complete(null);

    assertThat(done).isDone();
    assertThat(inOrder.closedWith).isEqualTo(1000);
    assertThat(stubborn.aborted).isTrue();
    assertThat(fixture.hub.client().news).containsExactly("closed");
    assertThat(fixture.time.isIdle()).isTrue();
  }

  @Test
  void hubsThatFailToShutDownDoNotKeepConnections() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    CompletableFuture<Void> done =
        fixture.http().shutdown(Duration.ofSeconds(5)).toCompletableFuture();

    fixture.hubsShutdown.completeExceptionally(new IllegalStateException("hubs"));

    assertThat(done).isCompletedWithValue(null);
    assertThat(socket.aborted).isTrue();
  }

  @Test
  void closeEndsEverythingAtOnceAndMayBeRepeated() {
    FakeSocket socket = fixture.webSocket("/hub").socket;
    String polling = fixture.connect();
    fixture.get(polling);
    FakeExchange poll = fixture.get(polling);

    fixture.http().close();
    fixture.http().close();

    assertThat(socket.aborted).isTrue();
    assertThat(poll.response.status()).isEqualTo(204);
    assertThat(fixture.hub.clients).allSatisfy(c -> assertThat(c.news).containsExactly("closed"));
  }
}
