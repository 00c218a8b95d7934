package io.hubbub.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hubs;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.testkit.InMemoryTransport;
import io.hubbub.testkit.TestClient;
import io.hubbub.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Scripts of calls, messages, cuts and returns, damaged line by line. A peer that keeps to the
 * protocol loses nothing and gets nothing twice; one that does not hurts only itself; nobody gets
 * more than the buffers may hold, and what they held is given back.
 */
@Tag("fuzz")
class ReconnectFuzzTest {
  private static final int BUFFER = 1000;

  /** For a handful of connections; used up soon if something were not given back. */
  private static final long BUDGET = 20 * BUFFER;

  private final OpenConnections open = new OpenConnections();
  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs =
      Hubs.builder()
          .scheduler(time)
          .executor(Runnable::run)
          .events(open)
          .statefulReconnectBudget(BUDGET)
          .options(all -> all.maximumReceiveMessageSize(2000).statefulReconnectBufferSize(BUFFER))
          .hub("/hub", FuzzHub.class)
          .build();

  @AfterEach
  void close() {
    hubs.close();
  }

  @Test
  void nothingIsLostOrDoubledAndNobodyElseIsHurt() {
    Fuzzer.of("reconnect", Mutator.LINES).run(this::play);
  }

  private void play(byte[] input) {
    ReconnectingPeer peer = new ReconnectingPeer(connect(), time, BUFFER);
    for (String line : Mutator.lines(input)) {
      if (line.equals("say")) {
        hubs.context(FuzzHub.class).clients().all().send("Said", peer.nextText());
      } else {
        peer.step(line);
      }
    }
    peer.check();
    bystanderIsWell();
    peer.leave();
    await().pollInterval(Duration.ofMillis(1)).until(() -> open.count() == 0);
  }

  private TestClient connect() {
    InMemoryTransport transport = InMemoryTransport.to(hubs, "/hub").statefulReconnect();
    TestClient client = TestClient.open(transport, JsonHubProtocol.create());
    client.shakeHands(2);
    return client;
  }

  /** Gets several messages at once: there is room in the buffers, its own and everybody's. */
  private void bystanderIsWell() {
    try (TestClient bystander = connect()) {
      for (String text : List.of("a", "b", "c")) {
        hubs.context(FuzzHub.class).clients().all().send("Said", text);
      }
      assertThat(bystander.waiting()).isEqualTo(3);
    }
  }
}
