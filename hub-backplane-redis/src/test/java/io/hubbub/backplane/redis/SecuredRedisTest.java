package io.hubbub.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.spi.BackplaneListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind TLS, and users who may do no more than a backplane needs. */
class SecuredRedisTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static Certificate trusted;
  private static Certificate ofAnother;

  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    trusted = Certificate.forSubject("ip:127.0.0.1", folder.resolve("trusted"));
    ofAnother = Certificate.forSubject("dns:other.example", folder.resolve("another"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private RedisProcess redis(String... settings) {
    RedisProcess redis = new RedisProcess(settings);
    opened.add(redis);
    return redis;
  }

  private int redisWithTls(Certificate own) {
    int port = RedisProcess.freePort();
    redis(
        "tls-port " + port,
        "tls-cert-file " + own.certificate(),
        "tls-key-file " + own.key(),
        "tls-ca-cert-file " + own.certificate(),
        "tls-auth-clients no",
        "requirepass secret");
    return port;
  }

  private CompletableFuture<Void> started(RedisBackplane.Builder builder) {
    return started(builder.requiredAtStart(true).build());
  }

  private CompletableFuture<Void> started(RedisBackplane backplane) {
    opened.add(0, backplane);
    return backplane.start(new Listener()).toCompletableFuture();
  }

  private void assertPasses(RedisBackplane backplane) {
    assertThat(started(backplane)).succeedsWithin(PATIENCE);
    String channel = "news " + opened.size();
    assertThat(backplane.subscribe(channel).toCompletableFuture()).succeedsWithin(PATIENCE);
    assertThat(backplane.publish(channel, "hello".getBytes(UTF_8)).toCompletableFuture())
        .succeedsWithin(PATIENCE);
    await().atMost(PATIENCE).until(() -> heard.contains(channel + "=hello"));
  }

  @Test
  void messagesPassOverTlsWithACertificateThatIsTrusted() {
    int port = redisWithTls(trusted);

    assertPasses(
        RedisBackplane.builder("127.0.0.1:" + port + ",ssl=true,password=secret")
            .trustedCertificates(trusted.certificate())
            .build());
    assertPasses(
        RedisBackplane.builder("rediss://default:secret@127.0.0.1:" + port)
            .trustedCertificates(trusted.certificate())
            .build());
    assertPasses(
        RedisBackplane.builder("127.0.0.1:" + port)
            .tls(true)
            .password("secret")
            .trustedCertificates(trusted.certificate())
            .build());
  }

  @Test
  void aServerThatIsNotTrustedIsRefused() {
    int port = redisWithTls(trusted);

    assertThat(started(RedisBackplane.builder("127.0.0.1:" + port + ",ssl=true,password=secret")))
        .as("trusted by nobody")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(started(RedisBackplane.builder("127.0.0.1:" + port + ",password=secret")))
        .as("without TLS")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
  }

  @Test
  void aServerOfAnotherNameIsRefused() {
    int port = redisWithTls(ofAnother);

    assertThat(
            started(
                RedisBackplane.builder("127.0.0.1:" + port + ",ssl=true,password=secret")
                    .trustedCertificates(ofAnother.certificate())))
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
  }

  @Test
  void aUserNeedsFourCommandsAndTheChannelsOfItsPrefix() {
    RedisProcess redis =
        redis(
            "user default off",
            "user hub on >secret resetchannels &app1* +publish +subscribe +unsubscribe +ping");

    assertPasses(
        RedisBackplane.connect(redis.address() + ",user=hub,password=secret,channelPrefix=app1"));
    assertThat(started(RedisBackplane.builder(redis.address() + ",user=hub,password=wrong")))
        .as("wrong password")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(started(RedisBackplane.builder(redis.address())))
        .as("no user")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
  }

  @Test
  void aUserOfAClusterMayAskForItsServersAsWell() {
    RedisProcess redis =
        redis(
            "cluster-enabled yes",
            "user hub on >secret resetchannels &app1* +publish +subscribe +unsubscribe +ping"
                + " +cluster|nodes");

    assertPasses(
        RedisBackplane.builder(redis.address() + ",user=hub,password=secret,channelPrefix=app1")
            .cluster()
            .build());
  }

  @Test
  void aUserOfShardedChannelsNeedsTheirCommandsAndHello() {
    RedisProcess redis =
        RedisProcess.installed(
            "user default off",
            "user hub on >secret resetchannels &app1* +spublish +ssubscribe +sunsubscribe +ping"
                + " +hello");
    opened.add(redis);

    assertPasses(
        RedisBackplane.builder(redis.address() + ",user=hub,password=secret,channelPrefix=app1")
            .shardedPubSub(true)
            .build());
  }

  @Test
  void channelsThatAUserMayNotUseAreFailuresAndTheOthersWork() {
    RedisProcess redis =
        redis(
            "user default off",
            "user hub on >secret resetchannels &news +publish +subscribe +unsubscribe +ping");
    RedisBackplane backplane =
        RedisBackplane.builder(redis.address()).credentials("hub", "secret").build();
    assertThat(started(backplane)).succeedsWithin(PATIENCE);

    assertThat(backplane.subscribe("secrets").toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(backplane.publish("secrets", new byte[1]).toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(backplane.lostMessages()).isEqualTo(1);
    assertThat(backplane.subscribe("news").toCompletableFuture()).succeedsWithin(PATIENCE);
    assertThat(backplane.publish("news", new byte[1]).toCompletableFuture())
        .succeedsWithin(PATIENCE);
    assertThat(backplane.isConnected()).isTrue();
  }

  private final class Listener implements BackplaneListener {
    @Override
    public void onMessage(String channel, byte[] message) {
      heard.add(channel + "=" + new String(message, UTF_8));
    }

    @Override
    public void onConnectionLost(Throwable cause) {}

    @Override
    public void onConnectionRestored() {}
  }
}
