package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import io.hubbub.spi.Identity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StatefulReconnectTest {
  private final HttpFixture fixture = HttpFixture.start(o -> o.statefulReconnect(true));
  private final String path = fixture.connectStateful();
  private final FakeSocket first = fixture.webSocket(path).socket;
  private final FakeHub.Client client = fixture.hub.client();

  @Test
  void clientComesBackAfterALostSocket() {
    first.vanish();
    assertThat(client.connection.isStatefulReconnectNegotiated()).isTrue();
    assertThat(client.news).isEmpty();
    client.send("missed");

    FakeSocket second = fixture.webSocket(path).socket;
    second.receive("back");

    assertThat(fixture.hub.clients).hasSize(1);
    assertThat(client.news).containsExactly("reconnected");
    assertThat(second.messages).containsExactly("missed");
    assertThat(client.received).hasToString("back");
  }

  @Test
  void newSocketTakesOverFromOneThatStillLives() {
    FakeSocket second = fixture.webSocket(path).socket;

    assertThat(first.aborted).isTrue();
    assertThat(client.news).containsExactly("reconnected");
    client.send("for the new one");
    assertThat(first.messages).isEmpty();
    assertThat(second.messages).containsExactly("for the new one");
  }

  @Test
  void clientIsHeardThatSpeaksBeforeItsFormerCallIsOver() {
    client.whileTaking(
        () -> {
          fixture.webSocket(path).socket.receive(" and back");
          assertThat(client.news).isEmpty();
        });

    first.receive("gone");

    assertThat(client.news).containsExactly("reconnected");
    assertThat(client.received).hasToString("gone and back");
  }

  @Test
  void hubLearnsWhatHappensWhileTheClientComesBack() {
    client.whileTaking(
        () -> {
          fixture.webSocket(path);
          fixture.send(new FakeExchange("GET", path).as(Identity.of(() -> "ann")).upgrading());
        });

    first.receive("gone");

    assertThat(client.news).containsExactly("reconnected", "identity ann", "reconnected");
  }

  @Test
  void oldSocketIsNotHeardAnyMore() {
    fixture.webSocket(path);

    first.receive("late");

    assertThat(client.received).isEmpty();
    assertThat(client.news).containsExactly("reconnected");
  }

  @Test
  void newBytesWaitForThoseOfTheOldSocket() {
    CompletableFuture<Void> demand = client.hold();
    first.receive("old");
    first.vanish();

    FakeSocket second = fixture.webSocket(path).socket;
    CompletableFuture<Void> taken = second.receive("new").toCompletableFuture();

    assertThat(client.news).containsExactly("reconnected");
    assertThat(client.received).hasToString("old");
    client.demand = CompletableFuture.completedFuture(null);
    demand.complete(null);
    assertThat(client.received).hasToString("oldnew");
    assertThat(taken).isDone();
  }

  @Test
  void bytesThatStillWaitedWhenTheirSocketWasLostAreForgotten() {
    CompletableFuture<Void> demand = client.hold();
    first.receive("old");
    first.vanish();
    FakeSocket second = fixture.webSocket(path).socket;
    second.receive("lost");
    second.vanish();

    fixture.webSocket(path).socket.receive("again");
    client.demand = CompletableFuture.completedFuture(null);
    demand.complete(null);

    assertThat(client.news).containsExactly("reconnected", "reconnected");
    assertThat(client.received).hasToString("oldagain");
  }

  @Test
  void clientIsAwaitedForAWhileOnly() {
    first.vanish();

    fixture.time.pass(Duration.ofSeconds(14));
    assertThat(client.news).isEmpty();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(client.news).containsExactly("closed");
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void waitStartsAnewWithEverySocket() {
    first.vanish();
    fixture.time.pass(Duration.ofSeconds(10));
    FakeSocket second = fixture.webSocket(path).socket;
    fixture.time.pass(Duration.ofMinutes(1));
    second.vanish();
    fixture.time.pass(Duration.ofSeconds(10));

    assertThat(fixture.webSocket(path).socket).isNotNull();
    assertThat(client.news).containsExactly("reconnected", "reconnected");
  }

  @Test
  void closeFrameIsTheEnd() {
    first.close();

    assertThat(client.news).containsExactly("closed");
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void hubMayForbidIt() {
    client.connection.disableStatefulReconnect();

    assertThat(fixture.webSocket(path).response.status()).isEqualTo(409);
    first.vanish();
    assertThat(client.news).containsExactly("closed");
    assertThat(fixture.webSocket(path).response.status()).isEqualTo(404);
  }

  @Test
  void nobodyComesBackToAHubThatEnds() {
    client.end("bye", ConnectionEnd.GRACEFUL);

    assertThat(fixture.webSocket(path).response.status()).isEqualTo(409);
  }

  @Test
  void hubThatEndsWhileTheClientIsAwayTellsItAtItsReturn() {
    first.vanish();
    client.end("bye", ConnectionEnd.GRACEFUL);

    FakeSocket second = fixture.webSocket(path).socket;

    assertThat(second.messages).containsExactly("bye");
    assertThat(second.closedWith).isEqualTo(1000);
  }

  @Test
  void upgradeThatFailsLeavesTheOldSocketAlone() {
    FakeExchange failing = new FakeExchange("GET", path).upgrading();
    failing.opensUpgrades = false;
    fixture.send(failing);

    failing.socket.vanish();

    client.send("still here");
    assertThat(first.messages).containsExactly("still here");
    assertThat(client.news).isEmpty();
  }

  @Test
  void socketThatIsNotReadIsLostNotTheConnection() {
    first.reading = false;
    client.send("never read");

    fixture.time.pass(Duration.ofSeconds(13));

    assertThat(first.aborted).isTrue();
    assertThat(client.news).isEmpty();
    assertThat(fixture.webSocket(path).socket).isNotNull();
  }

  @Test
  void whoDidNotAskCannotComeBack() {
    String plain = fixture.connect();
    FakeSocket socket = fixture.webSocket(plain).socket;

    assertThat(fixture.webSocket(plain).response.status()).isEqualTo(409);
    socket.vanish();

    assertThat(fixture.hub.client().news).containsExactly("closed");
  }
}
