package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The long form: {@code -Psoak}. */
@Tag("soak")
class ForcedCutsTest {
  private static final int CUTS = Integer.getInteger("hubbub.soak.cuts", 200);
  private static final int CALLS = 5;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyCallEndsAndThreadsStayWhereTheyWere() {
    try (FakeServer server = FakeServer.start();
        HubConnection connection =
            HubConnection.builder(server.url())
                .automaticReconnect(context -> Optional.of(Duration.ZERO))
                .build()) {
      CompletableFuture<Void> started = connection.start();
      FakeSocket socket = server.nextConnection();
      started.join();
      int answered = 0;
      int failed = 0;
      int threadsAfterWarmUp = 0;
      for (int i = 0; i < CUTS; i++) {
        List<CompletableFuture<String>> calls = callAndCut(connection, socket);
        socket = server.nextConnection();
        for (CompletableFuture<String> call : calls) {
          boolean ok = call.handle((result, error) -> error == null).join();
          answered += ok ? 1 : 0;
          failed += ok ? 0 : 1;
        }
        awaitConnected(connection);
        if (i == CUTS / 2) {
          threadsAfterWarmUp = threads();
        }
      }
      assertThat(answered + failed).isEqualTo(CUTS * CALLS);
      assertThat(answered).isPositive();
      assertThat(failed).isPositive();
      assertThat(threads()).isLessThanOrEqualTo(threadsAfterWarmUp + 8);
    }
  }

  /** Some calls are answered, the others are in flight when the socket vanishes. */
  private static List<CompletableFuture<String>> callAndCut(
      HubConnection connection, FakeSocket socket) {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(connection.invoke(String.class, "Echo", "x"));
    }
    socket.answer("\"x\"");
    calls.get(0).join();
    socket.cut();
    return calls;
  }

  private static void awaitConnected(HubConnection connection) {
    org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> connection.state() == HubConnectionState.CONNECTED);
  }

  private static int threads() {
    return (int)
        java.util.Arrays.stream(
                ManagementFactory.getThreadMXBean()
                    .getThreadInfo(ManagementFactory.getThreadMXBean().getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().startsWith("hubbub-client"))
            .count();
  }
}
