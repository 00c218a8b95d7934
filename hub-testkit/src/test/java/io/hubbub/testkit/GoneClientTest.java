package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.Hubs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that leaves while its calls run, and others of it wait behind them. */
class GoneClientTest {
  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs = Hubs.builder().scheduler(time).hub("/hub", PatientHub.class).build();

  @BeforeEach
  void reset() {
    PatientHub.goodbye = new CompletableFuture<>();
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  private void callAndLeave(String target) {
    TestClient client = TestClient.connect(InMemoryTransport.to(hubs, "/hub"));
    client.awaitTaken();
    String call = "{\"type\":1,\"target\":\"%s\",\"arguments\":[]}";
    client.sendText(call.formatted(target) + "\u001e" + call.formatted("Nothing"));
    client.close();
  }

  private static Optional<Throwable> goodbye() throws Exception {
    return PatientHub.goodbye.get(20, TimeUnit.SECONDS);
  }

  @Test
  void callThatWaitsForTheEndOfItsConnectionIsToldOfItAtOnce() throws Exception {
    callAndLeave("UntilAborted");
    assertThat(goodbye()).isEmpty();
  }

  @Test
  void callThatNeverEndsHoldsUpTheGoodbyeForTheClientTimeoutOnly() throws Exception {
    callAndLeave("Never");
    time.advance(Duration.ofSeconds(30));
    assertThat(PatientHub.goodbye).isNotDone();
    time.advance(Duration.ofSeconds(2));
    assertThat(goodbye()).isEmpty();
  }

  /** Its calls take their time. */
  public static final class PatientHub extends Hub {
    static volatile CompletableFuture<Optional<Throwable>> goodbye = new CompletableFuture<>();

    public CompletionStage<Void> untilAborted() {
      CompletableFuture<Void> aborted = new CompletableFuture<>();
      context().aborted().onCancel(() -> aborted.complete(null));
      return aborted;
    }

    public CompletionStage<Void> never() {
      return new CompletableFuture<>();
    }

    public void nothing() {}

    @Override
    public void onDisconnected(@Nullable Throwable cause) {
      goodbye.complete(Optional.ofNullable(cause));
    }
  }
}
