package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatefulReconnectTest {
  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs =
      Hubs.builder()
          .scheduler(time)
          .statefulReconnectBudget(2500)
          .hub("/hub", RecordingHub.class, options -> options.statefulReconnectBufferSize(1000))
          .build();

  @BeforeEach
  void reset() {
    RecordingHub.reset();
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  private TestClient connect() {
    return connect(2);
  }

  private TestClient connect(int version) {
    TestClient client =
        TestClient.open(
            InMemoryTransport.to(hubs, "/hub").statefulReconnect(), JsonHubProtocol.create());
    client.shakeHands(version);
    client.awaitTaken();
    return client.handles("Said", String.class);
  }

  private void say(String text) {
    hubs.context(RecordingHub.class).clients().all().send("Said", text);
  }

  private static void hears(TestClient client, String text) {
    assertThat(client.receive(InvocationMessage.class).arguments()).containsExactly(text);
  }

  private void second() {
    time.advance(Duration.ofSeconds(1));
  }

  @Test
  void whatWasMissedComesAgainAfterTheSequence() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    say("one");
    hears(client, "one");
    client.send(new AckMessage(2));
    say("two");
    client.connection().loseSocket();
    say("three");
    client.connection().reconnect();
    assertThat(client.receive()).isEqualTo(new SequenceMessage(3));
    hears(client, "two");
    hears(client, "three");
    assertThat(RecordingHub.goodbyes()).isZero();
  }

  @Test
  void sequenceComesAloneWhenNothingWasMissed() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    client.send(new AckMessage(1));
    client.connection().loseSocket();
    client.connection().reconnect();
    assertThat(client.receive()).isEqualTo(new SequenceMessage(2));
    assertThat(client.waiting()).isZero();
  }

  @Test
  void callsThatComeTwiceAreMadeOnce() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    client.invoke("Add", 3, 4);
    client.connection().loseSocket();
    client.connection().reconnect();
    client.receive(SequenceMessage.class);
    client.receive(CompletionMessage.class);
    client.receive(CompletionMessage.class);
    client.send(new SequenceMessage(2));
    client.send(InvocationMessage.of("2", "Add", 3, 4));
    client.send(InvocationMessage.of("3", "Add", 5, 6));
    assertThat(client.receive()).isEqualTo(CompletionMessage.result("3", 11));
  }

  @Test
  void callsThatCannotBeBoundAreCountedToo() {
    TestClient client = connect();
    client.sendText("{\"type\":2,\"invocationId\":\"9\",\"item\":1}");
    client.invoke("Nowhere");
    client.send(new SequenceMessage(3));
    assertThat(client.invoke("Add", 1, 2).result()).isEqualTo(3);
  }

  @Test
  void sequenceFromTheFutureEndsTheConnection() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    client.send(new SequenceMessage(3));
    assertThat(client.receiveClose())
        .isEqualTo(new CloseMessage("Connection closed with an error.", true));
  }

  @Test
  void whatCameIsAcknowledgedOnceAfterAWholeSecond() {
    TestClient client = connect();
    second();
    assertThat(client.waiting()).isZero();
    client.invoke("Add", 1, 2);
    client.invoke("Add", 1, 2);
    second();
    assertThat(client.waiting()).isZero();
    second();
    assertThat(client.receive()).isEqualTo(new AckMessage(2));
    second();
    assertThat(client.waiting()).isZero();
  }

  @Test
  void acknowledgementThatFindsAPingBeforeItIsNotForgotten() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    second();
    second();
    assertThat(client.receive()).isEqualTo(new AckMessage(1));
    client.connection().stopReading();
    time.advance(Duration.ofSeconds(16));
    client.call("Add", 3, 4);
    client.awaitTaken();
    second();
    second();
    client.connection().resumeReading();
    assertThat(client.receive()).isEqualTo(CompletionMessage.result("2", 7));
    second();
    second();
    assertThat(client.receive()).isEqualTo(new AckMessage(2));
  }

  @Test
  void acknowledgementThatWasLostWithTheSocketIsMadeAgain() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    second();
    second();
    client.connection().loseSocket();
    client.connection().reconnect();
    client.receive(SequenceMessage.class);
    client.receive(CompletionMessage.class);
    client.send(new SequenceMessage(1));
    client.send(InvocationMessage.of("1", "Add", 1, 2));
    second();
    second();
    assertThat(client.receive()).isEqualTo(new AckMessage(1));
  }

  @Test
  void halfAMessageIsForgotten() {
    TestClient client = connect();
    client.invoke("Add", 1, 2);
    client.sendRaw("{\"type\":1,\"invo".getBytes(StandardCharsets.UTF_8));
    client.connection().loseSocket();
    client.connection().reconnect();
    client.receive(SequenceMessage.class);
    client.receive(CompletionMessage.class);
    client.send(new SequenceMessage(2));
    assertThat(client.invoke("Add", 2, 2).result()).isEqualTo(4);
  }

  @Test
  void messagesWaitWhileTheClientAcknowledgesNothing() {
    TestClient client = connect();
    String text = "x".repeat(600);
    for (int i = 0; i < 4; i++) {
      say(text);
    }
    assertThat(client.waiting()).isEqualTo(2);
    client.send(new AckMessage(1));
    assertThat(client.waiting()).isEqualTo(3);
    client.send(new AckMessage(3));
    assertThat(client.waiting()).isEqualTo(4);
  }

  @Test
  void spentBudgetOfTheServerLeavesEveryConnectionOneMessageAtATime() {
    List<TestClient> clients = List.of(connect(), connect(), connect());
    String text = "x".repeat(600);
    say(text);
    say(text);
    assertThat(clients).map(TestClient::waiting).containsExactlyInAnyOrder(2, 1, 1);
    clients.forEach(client -> client.send(new AckMessage(1)));
    assertThat(clients).map(TestClient::waiting).containsOnly(2);
  }

  @Test
  void whatAConnectionKeptIsGivenBackAtItsEnd() {
    for (int i = 0; i < 5; i++) {
      TestClient client = connect();
      // The end of the one before runs on another thread.
      Awaitility.await().untilAsserted(() -> assertThat(roomFor(client)).isTrue());
      client.close();
      client.awaitClosed();
    }
  }

  /** Whether a client that has acknowledged everything gets two messages at once. */
  private boolean roomFor(TestClient client) {
    client.send(new AckMessage(Long.MAX_VALUE));
    int before = client.waiting();
    say("x".repeat(600));
    say("x".repeat(600));
    return client.waiting() == before + 2;
  }

  @Test
  void firstVersionOfTheProtocolTurnsItOff() {
    TestClient client = connect(1);
    assertThat(client.connection().isStatefulReconnectNegotiated()).isFalse();
    client.invoke("Add", 1, 2);
    second();
    assertThat(client.waiting()).isZero();
    client.send(new SequenceMessage(77));
    client.send(new AckMessage(77));
    assertThat(client.invoke("Add", 1, 2).result()).isEqualTo(3);
  }

  @Test
  void clientThatSaysGoodbyeMayNotComeBack() {
    TestClient client = connect();
    client.send(new CloseMessage(null, false));
    assertThat(client.receiveClose()).isEqualTo(new CloseMessage(null, false));
    assertThat(client.connection().isStatefulReconnectNegotiated()).isFalse();
  }

  @Test
  void clientThatComesBackAgainAndAgainIsCut() {
    TestClient client = connect();
    for (int i = 0; i < 20; i++) {
      client.connection().loseSocket();
      client.connection().reconnect();
    }
    assertThat(client.connection().closed()).isNotDone();
    second();
    client.connection().reconnect();
    assertThat(client.connection().closed()).isNotDone();
    client.connection().reconnect();
    assertThat(client.connection().closed()).isDone();
    assertThat(client.connection().abortCause()).isPresent();
  }

  @Test
  void runningCallSurvivesTheLossAndItsResultComesLater() {
    TestClient client = connect();
    String id = client.call("Stuck");
    client.connection().loseSocket();
    RecordingHub.free();
    client.connection().reconnect();
    assertThat(client.receive()).isEqualTo(new SequenceMessage(1));
    HubMessage result = client.receive();
    assertThat(result).isEqualTo(CompletionMessage.result(id, null));
  }
}
