package io.hubbub.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over one connection, much of it at once, is told apart. */
class ServerLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MESSAGES = 2_000;
  private static final int ROUNDS = 50;
  private static final int CHANNELS_PER_ROUND = 20;

  private final List<Integer> heard = new CopyOnWriteArrayList<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void messagesConfirmationsAndSignsOfLifeAreToldApart(boolean sharded) {
    try (RedisProcess redis = sharded ? RedisProcess.installed() : new RedisProcess();
        RedisConnector connector = new RedisConnector(settings(redis, sharded))) {
      RedisLink link = within(connector.open());
      link.listen(new Heard());
      within(link.subscribe(List.of("news")).toCompletableFuture());

      CompletableFuture<Void> publishing =
          CompletableFuture.runAsync(
              () -> IntStream.range(0, MESSAGES).forEach(i -> link.publish("news", bytes(i))));
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        String first = "c" + round + "-";
        answers.add(
            link.subscribe(IntStream.range(0, CHANNELS_PER_ROUND).mapToObj(i -> first + i).toList())
                .toCompletableFuture());
        answers.add(link.ping());
        answers.add(link.unsubscribe(first + 0).toCompletableFuture());
      }

      within(publishing);
      answers.forEach(ServerLinkTest::within);
      await().atMost(PATIENCE).until(() -> heard.size() >= MESSAGES);
      assertThat(heard).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
      assertThat(confirmed).hasSize(1 + ROUNDS * CHANNELS_PER_ROUND);
      within(link.close());
    }
  }

  private static RedisSettings settings(RedisProcess redis, boolean sharded) {
    return new RedisSettings(
        ConnectionString.parse(redis.address()).servers(),
        "",
        false,
        sharded,
        true,
        PATIENCE,
        1_000_000,
        100_000,
        Optional.empty());
  }

  private static <T> T within(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static byte[] bytes(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  private final class Heard implements RedisLink.Events {
    @Override
    public void message(String channel, byte[] message) {
      heard.add((message[0] & 0xFF) << 8 | message[1] & 0xFF);
    }

    @Override
    public void subscribed(String channel) {
      confirmed.add(channel);
    }

    @Override
    public void unsubscribed(String channel) {}

    @Override
    public void lost() {}
  }
}
