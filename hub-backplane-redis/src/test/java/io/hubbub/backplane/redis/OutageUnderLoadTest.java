package io.hubbub.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two nodes that keep sending while Redis is killed and started again. */
class OutageUnderLoadTest {
  private static final Logger log = LoggerFactory.getLogger(OutageUnderLoadTest.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HubProtocol JSON = JsonHubProtocol.create();

  private final RedisProcess redis = new RedisProcess();
  private final ScheduledExecutorService load = Executors.newScheduledThreadPool(2);
  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void closeAll() {
    load.shutdownNow();
    nodes.forEach(node -> node.node.close());
    redis.close();
  }

  @Test
  void nothingLocalIsLostAndBothNodesRecoverByThemselves() throws Exception {
    Node one = new Node("one");
    Node two = new Node("two");
    nodes.addAll(List.of(one, two));
    nodes.forEach(node -> load.scheduleAtFixedRate(node::sendNext, 0, 2, TimeUnit.MILLISECONDS));
    awaitSent(500);

    redis.kill();
    await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(Node::isConnected));
    awaitSent(500);
    long restarted = System.nanoTime();
    redis.restart();
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> nodes.stream().allMatch(Node::isConnected));
    long recovered = System.nanoTime();
    awaitSent(500);
    load.shutdown();
    assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    sendMarkers();
    for (Node node : nodes) {
      assertThat(node.received(node.name)).as("of its own").isEqualTo(node.sent.get());
      assertThat(node.twice.sum()).as("received twice").isZero();
    }
    long missed = one.sent.get() + two.sent.get() - one.received("two") - two.received("one");
    log.warn(
        "Redis killed under load: back {} ms after its restart; of {} messages {} did not reach the other node, {} counted as lost by their senders, 0 of a node's own",
        TimeUnit.NANOSECONDS.toMillis(recovered - restarted),
        one.sent.get() + two.sent.get(),
        missed,
        one.redis.lostMessages() + two.redis.lostMessages());
    assertThat(one.received("two")).isGreaterThan(900);
  }

  private void awaitSent(int more) {
    List<Integer> before = nodes.stream().map(node -> node.sent.get()).toList();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (int i = 0; i < nodes.size(); i++) {
                if (nodes.get(i).sent.get() < before.get(i) + more) {
                  return false;
                }
              }
              return true;
            });
  }

  /** What arrives after these was sent after them. */
  private void sendMarkers() {
    nodes.forEach(node -> node.send("marker-" + node.name));
    for (Node node : nodes) {
      await()
          .atMost(PATIENCE)
          .until(() -> node.seen.keySet().containsAll(Set.of("marker-one", "marker-two")));
    }
  }

  private final class Node implements ConnectedClient {
    private final String name;
    private final RedisBackplane redis =
        RedisBackplane.connect(OutageUnderLoadTest.this.redis.address());
    private final BackplaneNode node;
    private final HubLifetimeManager manager;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
    private final LongAdder twice = new LongAdder();

    Node(String name) {
      this.name = name;
      this.node =
          new BackplaneNode(
              redis, new VirtualScheduler(), HubEvents.NONE, ForkJoinPool.commonPool());
      this.manager = node.addHub("App.Hub", List.of(JSON, MessagePackHubProtocol.create()));
      node.start().toCompletableFuture().join();
      manager.connected(this).toCompletableFuture().join();
    }

    boolean isConnected() {
      return redis.isConnected();
    }

    void sendNext() {
      send(name + "-" + sent.getAndIncrement());
    }

    void send(String text) {
      manager.send(new Audience.All(Set.of()), InvocationMessage.of(null, "M", text));
    }

    long received(String sender) {
      return seen.keySet().stream().filter(text -> text.startsWith(sender + "-")).count();
    }

    @Override
    public String connectionId() {
      return name;
    }

    @Override
    public Optional<String> userId() {
      return Optional.empty();
    }

    @Override
    public HubProtocol protocol() {
      return JSON;
    }

    @Override
    public void send(EncodedMessage message) {
      String text = new String(message.in(JSON).array(), UTF_8);
      String argument = text.substring(text.lastIndexOf('[') + 2, text.lastIndexOf('"'));
      if (seen.put(argument, true) != null) {
        twice.increment();
      }
    }

    @Override
    public void abort(Throwable cause) {}
  }
}
