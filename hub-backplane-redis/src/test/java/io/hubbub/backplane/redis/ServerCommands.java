package io.hubbub.backplane.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a test tells a server, past the backplane. */
final class ServerCommands {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ServerCommands() {}

  static void run(RedisProcess server, Consumer<RedisCommands<String, String>> commands) {
    try (RedisClient client = RedisClient.create(RedisURI.create("redis://" + server.address()));
        StatefulRedisConnection<String, String> connection = client.connect()) {
      commands.accept(connection.sync());
    }
  }

  /** Waits until a server says what it should. */
  static void await(RedisProcess server, Predicate<RedisCommands<String, String>> reached) {
    run(
        server,
        commands ->
            Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> reached.test(commands)));
  }
}
