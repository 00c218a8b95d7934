package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.BaseHub;
import io.hubbub.ConnectionClosedException;
import io.hubbub.HubOptions;
import io.hubbub.Hubs;
import io.hubbub.OverflowPolicy;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.HubEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  private static final int LIMIT = 64 * 1024;
  private static final String TEXT = "x".repeat(4096);

  private final VirtualScheduler time = new VirtualScheduler();
  private final List<String> slow = new CopyOnWriteArrayList<>();
  private Hubs hubs = hubs(options -> {});

  private Hubs hubs(Consumer<HubOptions.Builder> options) {
    return Hubs.builder()
        .scheduler(time)
        .events(new SlowClients())
        .options(all -> all.outboundLimit(LIMIT))
        .hub("/hub", RecordingHub.class, options)
        .build();
  }

  @BeforeEach
  void reset() {
    RecordingHub.reset();
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  private TestClient connect() {
    TestClient client = TestClient.connect(InMemoryTransport.to(hubs, "/hub"));
    client.handles("Said", String.class).invoke("Add", 1, 2);
    return client;
  }

  private CompletableFuture<Void> broadcast() {
    return hubs.context(RecordingHub.class)
        .clients()
        .all()
        .send("Said", TEXT)
        .toCompletableFuture();
  }

  @Test
  void slowClientIsClosedAndNinetyNineOthersGetEverythingAtOnce() throws Exception {
    List<TestClient> others = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      others.add(connect());
    }
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 50; i++) {
      assertThat(broadcast()).as("no broadcast waits for the slow client").isDone();
      for (TestClient other : others) {
        assertThat(other.receiveText()).contains("Said");
      }
    }
    assertThat(slow).containsExactly(stuck.connectionId());
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause ->
                assertThat(cause)
                    .isInstanceOf(ConnectionClosedException.class)
                    .hasMessageContaining("HubOptions.outboundLimit is " + LIMIT));
  }

  @Test
  void slowClientThatReadsAgainIsToldThatItMayReconnect() {
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 20; i++) {
      broadcast();
    }
    stuck.connection().resumeReading();
    assertThat(stuck.receive())
        .isEqualTo(new CloseMessage("Connection closed with an error.", true));
    stuck.awaitClosed();
  }

  @Test
  void slowClientThatNeverReadsAgainIsCut() throws Exception {
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 20; i++) {
      broadcast();
    }
    stuck.awaitEnd();
    time.advance(Duration.ofSeconds(12));
    stuck.connection().closed().get(10, TimeUnit.SECONDS);
  }

  @Test
  void newestBroadcastIsDroppedWhereTheHubWantsIt() {
    hubs = hubs(options -> options.overflowPolicy(OverflowPolicy.DROP_NEWEST));
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 20; i++) {
      broadcast();
    }
    assertThat(slow).isNotEmpty().containsOnly(stuck.connectionId());
    stuck.connection().resumeReading();
    int kept = 20 - slow.size();
    for (int i = 0; i < kept; i++) {
      stuck.receive(InvocationMessage.class);
    }
    assertThat(stuck.waiting()).isZero();
    broadcast();
    stuck.receive(InvocationMessage.class);
  }

  @Test
  void resultThatDoesNotFitClosesEvenWhereBroadcastsAreDropped() throws Exception {
    hubs = hubs(options -> options.overflowPolicy(OverflowPolicy.DROP_NEWEST));
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 20; i++) {
      broadcast();
    }
    for (int i = 0; i < 200; i++) {
      stuck.call("Add", i, i);
    }
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause -> assertThat(cause).isInstanceOf(ConnectionClosedException.class));
  }

  @Test
  void callsOfUnknownMethodsMeetTheSameLimits() throws Exception {
    TestClient stuck = connect();
    stuck.connection().stopReading();
    for (int i = 0; i < 2000; i++) {
      stuck.call("Nowhere", i);
    }
    assertThat(slow).contains(stuck.connectionId());
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause -> assertThat(cause).isInstanceOf(ConnectionClosedException.class));
    TestClient wordy = connect();
    wordy.call("Nowhere", "x".repeat(40_000));
    wordy.receiveClose();
  }

  private final class SlowClients implements HubEvents {
    @Override
    public void slowClient(Class<? extends BaseHub> hub, String connectionId, long queuedBytes) {
      slow.add(connectionId);
    }
  }
}
