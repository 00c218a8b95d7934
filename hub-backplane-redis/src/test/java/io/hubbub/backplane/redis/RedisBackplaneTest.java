package io.hubbub.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.spi.BackplaneListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisBackplaneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private RedisProcess redis = new RedisProcess();
  private final List<RedisBackplane> opened = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(RedisBackplane::close);
    redis.close();
  }

  private RedisBackplane opened(RedisBackplane.Builder builder) {
    RedisBackplane backplane = builder.build();
    opened.add(backplane);
    return backplane;
  }

  private static final class Listener implements BackplaneListener {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger restored = new AtomicInteger();

    @Override
    public void onMessage(String channel, byte[] message) {
      messages.add(channel + "=" + new String(message, UTF_8));
    }

    @Override
    public void onConnectionLost(Throwable cause) {}

    @Override
    public void onConnectionRestored() {
      restored.incrementAndGet();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aNodeStartsWithoutRedisAndFindsItLater() {
    redis.kill();
    RedisBackplane backplane = opened(RedisBackplane.builder(redis.address()));
    Listener listener = new Listener();

    assertThat(backplane.start(listener).toCompletableFuture()).succeedsWithin(PATIENCE);
    assertThat(backplane.isConnected()).isFalse();
    CompletableFuture<Void> subscribed = backplane.subscribe("news").toCompletableFuture();
    CompletableFuture<Long> published =
        backplane.publish("news", bytes("kept")).toCompletableFuture();
    assertThat(subscribed).isNotDone();
    assertThat(published).isNotDone();

    redis.restart();

    assertThat(subscribed).succeedsWithin(PATIENCE);
    assertThat(published).succeedsWithin(PATIENCE).isEqualTo(1L);
    await().atMost(PATIENCE).until(() -> listener.messages.contains("news=kept"));
    assertThat(listener.restored).hasValue(1);
    assertThat(backplane.lostMessages()).isZero();
    assertThat(backplane.lastPublishLatency()).isPresent();
  }

  @Test
  void aNodeThatRequiresRedisDoesNotStartWithoutIt() {
    redis.kill();
    RedisBackplane backplane =
        opened(RedisBackplane.builder(redis.address() + ",abortConnect=true"));

    assertThat(backplane.start(new Listener()).toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withMessageContaining("Unable to connect");
    assertThat(backplane.publish("news", bytes("x")).toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
  }

  @Test
  void whatWaitsDuringAnOutageIsBoundedAndTheRestIsRefusedAtOnce() {
    redis.kill();
    RedisBackplane backplane =
        opened(RedisBackplane.builder(redis.address()).outgoingLimit(10_000, 5));
    Listener listener = new Listener();
    assertThat(backplane.start(listener).toCompletableFuture()).succeedsWithin(PATIENCE);
    backplane.subscribe("n");

    List<CompletableFuture<Long>> waiting =
        IntStream.range(0, 5)
            .mapToObj(i -> backplane.publish("n", bytes("m" + i)).toCompletableFuture())
            .toList();
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(backplane.publish("n", bytes("one too many")).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(backplane.lostMessages()).isEqualTo(1);

    redis.restart();
    await().atMost(PATIENCE).until(() -> listener.messages.size() == 5);
    assertThat(listener.messages).containsExactly("n=m0", "n=m1", "n=m2", "n=m3", "n=m4");
    // They come back before Redis has confirmed that they were sent; until then they count.
    assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)))
        .succeedsWithin(PATIENCE);
    assertThat(backplane.publish("n", new byte[10_000]).toCompletableFuture())
        .as("more bytes than allowed")
        .isCompletedExceptionally();
    assertThat(backplane.publish("n", bytes("again")).toCompletableFuture())
        .succeedsWithin(PATIENCE);
  }

  @Test
  void aWrongPasswordIsAFailureAndTheRightOneIsNot() {
    redis.close();
    redis = new RedisProcess("requirepass secret");

    assertThat(
            opened(RedisBackplane.builder(redis.address()).password("wrong").requiredAtStart(true))
                .start(new Listener())
                .toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(
            opened(
                    RedisBackplane.builder(redis.address() + ",password=secret")
                        .requiredAtStart(true))
                .start(new Listener())
                .toCompletableFuture())
        .succeedsWithin(PATIENCE);
    assertThat(
            opened(
                    RedisBackplane.builder("redis://" + redis.address())
                        .credentials("default", "secret")
                        .requiredAtStart(true))
                .start(new Listener())
                .toCompletableFuture())
        .succeedsWithin(PATIENCE);
  }

  @Test
  void prefixesKeepApplicationsApart() {
    RedisBackplane one = opened(RedisBackplane.builder(redis.address()).channelPrefix("app1"));
    RedisBackplane two = opened(RedisBackplane.builder(redis.address() + ",channelPrefix=app2"));
    RedisBackplane raw = opened(RedisBackplane.builder(redis.address()));
    Listener ofOne = new Listener();
    Listener ofTwo = new Listener();
    Listener ofRaw = new Listener();
    one.start(ofOne).toCompletableFuture().join();
    two.start(ofTwo).toCompletableFuture().join();
    raw.start(ofRaw).toCompletableFuture().join();
    one.subscribe("P:all").toCompletableFuture().join();
    two.subscribe("P:all").toCompletableFuture().join();
    raw.subscribe("app1P:all").toCompletableFuture().join();

    assertThat(one.publish("P:all", bytes("x")).toCompletableFuture().join()).isEqualTo(2L);

    await().atMost(PATIENCE).until(() -> ofOne.messages.contains("P:all=x"));
    await().atMost(PATIENCE).until(() -> ofRaw.messages.contains("app1P:all=x"));
    assertThat(ofTwo.messages).isEmpty();
  }

  @Test
  void manyChannelsAreSubscribedAgainAfterAnOutage() {
    RedisBackplane backplane = opened(RedisBackplane.builder(redis.address()));
    Listener listener = new Listener();
    backplane.start(listener).toCompletableFuture().join();
    CompletableFuture.allOf(
            IntStream.range(0, 1_000)
                .mapToObj(i -> backplane.subscribe("c" + i).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();

    redis.kill();
    await().atMost(PATIENCE).until(() -> !backplane.isConnected());
    redis.restart();
    await().atMost(PATIENCE).until(backplane::isConnected);

    for (int i = 0; i < 1_000; i++) {
      assertThat(backplane.publish("c" + i, bytes("x")).toCompletableFuture())
          .succeedsWithin(PATIENCE)
          .isEqualTo(1L);
    }
  }
}
