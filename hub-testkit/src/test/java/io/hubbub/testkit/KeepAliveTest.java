package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.PingMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final String PING = "{\"type\":6}";

  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs = Hubs.builder().scheduler(time).hub("/hub", RecordingHub.class).build();

  @BeforeEach
  void reset() {
    RecordingHub.reset();
  }

  @AfterEach
  void close() {
    RecordingHub.free();
    hubs.close();
  }

  private InMemoryTransport transport() {
    return InMemoryTransport.to(hubs, "/hub");
  }

  private TestClient connect() {
    TestClient client = TestClient.connect(transport());
    client.invoke("Add", 1, 2);
    return client;
  }

  private void seconds(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void pingComesWhenMoreThanTheIntervalHasPassedSinceTheLast() {
    TestClient client = connect();
    seconds(15);
    assertThat(client.waiting()).isZero();
    seconds(1);
    assertThat(client.receiveText()).isEqualTo(PING);
    seconds(15);
    assertThat(client.waiting()).isZero();
    seconds(1);
    assertThat(client.receiveText()).isEqualTo(PING);
  }

  @Test
  void otherMessagesDoNotPutThePingOff() {
    TestClient client = connect();
    seconds(14);
    client.invoke("Add", 1, 2);
    seconds(2);
    assertThat(client.receiveText()).isEqualTo(PING);
  }

  @Test
  void pingIsSkippedWhileSomethingWaits() {
    TestClient client = connect();
    client.connection().stopReading();
    hubs.context(RecordingHub.class).clients().all().send("Said", "wait");
    seconds(16);
    client.connection().resumeReading();
    assertThat(client.receiveText()).contains("Said");
    seconds(15);
    assertThat(client.waiting()).isZero();
    seconds(1);
    assertThat(client.receiveText()).isEqualTo(PING);
  }

  @Test
  void transportThatShowsLifeByItselfNeedsNoPings() {
    TestClient client = TestClient.connect(transport().inherentKeepAlive());
    seconds(100);
    assertThat(client.waiting()).isZero();
  }

  @Test
  void transportThatShowsLifeByItselfStillTimesOut() {
    TestClient client = TestClient.connect(transport().inherentKeepAlive());
    client.invoke("Add", 1, 2);
    client.send(PingMessage.INSTANCE);
    seconds(30);
    assertThat(client.receiveClose().allowReconnect()).isTrue();
  }

  @Test
  void clientThatHasNeverPingedMayBeSilentForEver() {
    TestClient client = connect();
    seconds(3600);
    assertThat(client.connection().ended()).isEmpty();
    assertThat(client.invoke("Add", 1, 2).result()).isEqualTo(3);
  }

  @Test
  void anyMessageStartsTheClockAnew() {
    TestClient client = connect();
    client.send(PingMessage.INSTANCE);
    seconds(29);
    client.invoke("Add", 1, 2);
    seconds(29);
    assertThat(client.connection().closed()).isNotDone();
    seconds(1);
    client.receiveClose();
  }

  @Test
  void halfAMessageDoesNotStartTheClockAnew() {
    TestClient client = connect();
    client.send(PingMessage.INSTANCE);
    seconds(29);
    client.sendRaw(new byte[] {'{'});
    seconds(1);
    client.receiveClose();
  }

  @Test
  void silenceDoesNotCountWhileACallHoldsUpTheNext() {
    TestClient client = connect();
    client.send(PingMessage.INSTANCE);
    String first = client.call("Stuck");
    String second = client.call("Add", 1, 2);
    String third = client.call("Add", 3, 4);
    seconds(100);
    assertThat(client.connection().closed()).isNotDone();
    RecordingHub.free();
    assertThat(client.receive()).isEqualTo(CompletionMessage.result(first, null));
    assertThat(client.receive()).isEqualTo(CompletionMessage.result(second, 3));
    assertThat(client.receive()).isEqualTo(CompletionMessage.result(third, 7));
  }
}
