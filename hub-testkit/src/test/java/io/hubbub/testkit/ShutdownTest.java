package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private static final CloseMessage MAY_RECONNECT = new CloseMessage(null, true);
  private static final Duration LIMIT = Duration.ofSeconds(5);

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

  private TestClient connect() {
    TestClient client = TestClient.connect(InMemoryTransport.to(hubs, "/hub"));
    client.invoke("Add", 1, 2);
    return client;
  }

  private CompletableFuture<Void> shutdown() {
    return hubs.shutdown(LIMIT).toCompletableFuture();
  }

  @Test
  void quietConnectionsEndAtOnceAndMayReconnect() throws Exception {
    TestClient client = connect();
    CompletableFuture<Void> done = shutdown();
    awaitShortOf(LIMIT, done);
    assertThat(client.receiveClose()).isEqualTo(MAY_RECONNECT);
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void runningCallMayFinishButNoNewOneBegins() throws Exception {
    TestClient client = connect();
    String running = client.call("Stuck");
    CompletableFuture<Void> done = shutdown();
    client.call("Add", 1, 2);
    time.advance(Duration.ofSeconds(1));
    assertThat(done).isNotDone();
    assertThat(client.waiting()).isZero();
    RecordingHub.free();
    assertThat(client.receive()).isEqualTo(CompletionMessage.result(running, null));
    awaitShortOf(LIMIT, done);
    assertThat(client.receiveClose()).isEqualTo(MAY_RECONNECT);
    done.get(10, TimeUnit.SECONDS);
  }

  @Test
  void callThatDoesNotEndIsCutShortAtTheLimit() throws Exception {
    TestClient client = connect();
    client.call("Stuck");
    CompletableFuture<Void> done = shutdown();
    time.advance(LIMIT.minusMillis(1));
    assertThat(client.connection().closed()).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(client.receiveClose()).isEqualTo(MAY_RECONNECT);
    done.get(10, TimeUnit.SECONDS);
  }

  @Test
  void clientThatReadsNothingIsCutALittleAfterTheLimit() throws Exception {
    TestClient client = connect();
    client.connection().stopReading();
    CompletableFuture<Void> done = shutdown();
    time.advance(LIMIT);
    assertThat(client.connection().closed()).isNotDone();
    time.advance(Duration.ofMillis(500));
    client.connection().closed().get(10, TimeUnit.SECONDS);
    time.advance(Duration.ofMillis(500));
    done.get(10, TimeUnit.SECONDS);
  }

  @Test
  void newConnectionIsRefused() {
    shutdown();
    TestClient late = TestClient.open(InMemoryTransport.to(hubs, "/hub"), JsonHubProtocol.create());
    assertThat(late.receiveText()).isEqualTo("{\"error\":\"Handshake was canceled.\"}");
    late.awaitClosed();
  }

  @Test
  void closeCutsEverythingAtOnceAndTwiceIsOnce() throws Exception {
    TestClient client = connect();
    client.call("Stuck");
    hubs.close();
    hubs.close();
    client.connection().closed().get(10, TimeUnit.SECONDS);
    RecordingHub.goodbye();
  }

  @Test
  void hubsThatCannotBeServedAreRefusedAtOnce() {
    assertRefused(Hubs.builder().hub("hub", RecordingHub.class), "to begin with '/'");
    assertRefused(
        Hubs.builder().hub("/hub", RecordingHub.class).hub("/HUB", RecordingHub.class),
        "'/HUB' is mapped again");
    assertRefused(
        Hubs.builder().hub("/hub", RecordingHub.class, o -> o.supportedProtocols(List.of("xml"))),
        "but found 'xml'");
    assertRefused(
        Hubs.builder().channelName(RecordingHub.class, "Chat"), "channelName to name a mapped hub");
    assertThatThrownBy(() -> hubs.context(Hub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("io.hubbub.Hub is none of them");
  }

  /** A call is counted as running until a moment after its result has left, in real time. */
  private void awaitShortOf(Duration limit, CompletableFuture<Void> done) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(limit.dividedBy(1000))
        .until(
            () -> {
              time.advance(limit.dividedBy(1000));
              return done.isDone();
            });
  }

  private static void assertRefused(Hubs.Builder builder, String why) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
