package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.ConnectionClosedException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The long form: {@code -Psoak}. */
@Tag("soak")
class ForcedCutsTest {
  private static final int CUTS = Integer.getInteger("hubbub.soak.cuts", 200);
  private static final int CALLS = 5;

  /** Pools are full after so many cuts, and classes loaded. */
  private static final int WARM_UP = CUTS / 4;

  private static final int SECONDS = 30;
  private static final int MEBIBYTE = 1 << 20;

  /** Pools may still fill up to their size; a thread per cut would be many times more. */
  private static final int SPARE_THREADS = 8;

  /** Room for what the JVM itself keeps meanwhile. */
  private static final int HEAP_MEBIBYTES = 8;

  private static final Logger log = LoggerFactory.getLogger(ForcedCutsTest.class);

  private int answered;
  private int failed;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyCallEndsAndThreadsAndMemoryStayWhereTheyWere() {
    try (FakeServer server = FakeServer.start();
        HubConnection connection =
            HubConnection.builder(server.url())
                .automaticReconnect(context -> Optional.of(Duration.ZERO))
                .build()) {
      CompletableFuture<Void> started = connection.start();
      FakeSocket socket = server.nextConnection();
      Futures.get(started);
      socket = cut(server, connection, socket, WARM_UP);
      int threadsBefore = threads();
      long heapBefore = heap();
      cut(server, connection, socket, CUTS - WARM_UP);
      int threadsAfter = threads();
      long heapAfter = heap();
      log.info(
          "{} cuts: {} calls answered, {} failed; threads {} -> {}, heap {} -> {} KiB",
          CUTS,
          answered,
          failed,
          threadsBefore,
          threadsAfter,
          heapBefore / 1024,
          heapAfter / 1024);
      assertThat(answered + failed).isEqualTo(CUTS * CALLS);
      assertThat(answered).isGreaterThanOrEqualTo(CUTS);
      assertThat(failed).isPositive();
      assertThat(threadsAfter).isLessThanOrEqualTo(threadsBefore + SPARE_THREADS);
      assertThat((heapAfter - heapBefore) / MEBIBYTE).isLessThan(HEAP_MEBIBYTES);
    }
  }

  /** The socket of the last reconnect. */
  private FakeSocket cut(FakeServer server, HubConnection connection, FakeSocket first, int cuts) {
    FakeSocket socket = first;
    for (int i = 0; i < cuts; i++) {
      List<CompletableFuture<String>> calls = callAndCut(connection, socket);
      socket = server.nextConnection();
      server.requests().clear();
      calls.forEach(this::count);
      Awaitility.await()
          .atMost(Duration.ofSeconds(SECONDS))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> connection.state() == HubConnectionState.CONNECTED);
    }
    return socket;
  }

  /** Some calls are answered, the others are in flight when the socket vanishes. */
  private static List<CompletableFuture<String>> callAndCut(
      HubConnection connection, FakeSocket socket) {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(connection.invoke(String.class, "Echo", "x"));
    }
    socket.answer("\"x\"");
    Futures.get(calls.get(0));
    socket.cut();
    return calls;
  }

  /** One that hangs ends the test with a time-out. */
  private void count(CompletableFuture<String> call) {
    try {
      assertThat(call.orTimeout(SECONDS, TimeUnit.SECONDS).join()).isEqualTo("x");
      answered++;
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(ConnectionClosedException.class);
      failed++;
    }
  }

  /** The client's own, and those of the JVM's HTTP client. */
  private static int threads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return (int)
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull)
            .map(ThreadInfo::getThreadName)
            .filter(name -> name.startsWith("hubbub-client") || name.startsWith("HttpClient"))
            .count();
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
