package io.hubbub.backplane.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a test tells a server, past the backplane. */
final class ServerCommands {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private ServerCommands() {}

  static void run(RedisProcess server, Consumer<RedisCommands<String, String>> commands) {
    try (RedisClient client = RedisClient.create(RedisURI.create("redis://" + server.address()));
        StatefulRedisConnection<String, String> connection = client.connect()) {
      commands.accept(connection.sync());
    }
  }

  /** Waits until a server says what it should. */
  static void await(RedisProcess server, Predicate<RedisCommands<String, String>> reached) {
    run(server, commands -> await(() -> reached.test(commands)));
  }

  private static void await(Callable<Boolean> reached) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(reached);
  }

  /** Waits until a sentinel knows of a replica that it may make the master. */
  static void awaitReplica(int sentinel, String master) {
    RedisURI address = RedisURI.create("redis://127.0.0.1:" + sentinel);
    try (RedisClient client = RedisClient.create();
        StatefulRedisSentinelConnection<String, String> connection =
            client.connectSentinel(address)) {
      await(
          () ->
              connection.sync().replicas(master).stream()
                  .anyMatch(replica -> "ok".equals(replica.get("master-link-status"))));
    }
  }
}
