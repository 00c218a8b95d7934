package io.hubbub.benchmarks;

import io.hubbub.Hubs;
import io.hubbub.backplane.redis.RedisBackplane;
import io.hubbub.interop.server.HubServer;
import java.time.Duration;

/**
 * A server with {@link BenchHub} at {@code /bench} and nothing but defaults, for load generators.
 *
 * <p>Threads: main, until the server runs.
 */
public final class BenchServer {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private BenchServer() {}

  /**
   * Runs until it is told to end.
   *
   * @param arguments see {@link BenchArguments}
   */
  public static void main(String[] arguments) {
    BenchArguments wanted = BenchArguments.parse(arguments);
    Hubs.Builder hubs = Hubs.builder().hub("/bench", BenchHub.class);
    wanted.redis().ifPresent(address -> hubs.backplane(RedisBackplane.connect(address)));
    HubServer server = start(wanted, hubs.build());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.shutdown(SHUTDOWN), "shutdown"));
    // On stdout: who started this program waits for the line.
    System.out.println("listening on http://127.0.0.1:" + server.port());
  }

  private static HubServer start(BenchArguments wanted, Hubs hubs) {
    return wanted.transport().equals("netty")
        ? HubServer.netty(wanted.host(), wanted.port(), hubs, http -> {})
        : HubServer.start(wanted.transport(), wanted.port(), hubs, http -> {});
  }
}
