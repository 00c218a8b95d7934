package io.hubbub.interop.server;

import io.hubbub.Hubs;
import io.hubbub.backplane.redis.RedisBackplane;
import io.hubbub.http.HubHttp;
import java.time.Duration;

/** Serves {@link ConformanceHubs} until it is told to end. */
public final class ConformanceServer {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);
  private static final String ALLOWED_ORIGIN = "http://allowed.example";

  private ConformanceServer() {}

  /**
   * Runs.
   *
   * @param words see {@link ServerArguments}
   */
  public static void main(String[] words) {
    ServerArguments arguments = ServerArguments.parse(words);
    Hubs.Builder mapped = ConformanceHubs.map();
    arguments.redis().ifPresent(address -> join(mapped, address, arguments));
    Hubs hubs = mapped.build();
    HubServer server =
        HubServer.start(arguments.transport(), arguments.port(), hubs, ConformanceServer::settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.shutdown(SHUTDOWN), "shutdown"));
    // On stdout: who started this program waits for the line.
    System.out.println("listening on http://127.0.0.1:" + server.port());
  }

  private static void join(Hubs.Builder hubs, String redis, ServerArguments arguments) {
    hubs.backplane(RedisBackplane.builder(redis).channelPrefix(arguments.prefix()).build());
    arguments.channelName().ifPresent(name -> hubs.channelName(ConformanceHub.class, name));
  }

  /** The settings of the HTTP side that go with the hubs. */
  public static void settings(HubHttp.Builder http) {
    http.cors(cors -> cors.allowOrigin(ALLOWED_ORIGIN).allowCredentials())
        .authenticator(new TestTokens());
  }
}
