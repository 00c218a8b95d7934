package io.hubbub.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two nodes that keep sending, a message every 2 ms each, while something happens to Redis. */
final class TwoLoadedNodes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TwoLoadedNodes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoadedNode one;
  private final LoadedNode two;
  private final List<LoadedNode> nodes;
  private final ScheduledExecutorService load = Executors.newScheduledThreadPool(2);

  TwoLoadedNodes(RedisBackplane first, RedisBackplane second) {
    one = new LoadedNode("one", first);
    two = new LoadedNode("two", second);
    nodes = List.of(one, two);
    nodes.forEach(node -> load.scheduleAtFixedRate(node::sendNext, 0, 2, TimeUnit.MILLISECONDS));
  }

  /** Lets each send so many more. */
  void awaitSent(int more) {
    List<Integer> enough = nodes.stream().map(node -> node.sent() + more).toList();
    await(() -> one.sent() >= enough.get(0) && two.sent() >= enough.get(1));
  }

  /** Waits until both say that messages pass; outages count from now on. */
  void awaitConnected() {
    await(() -> backplanes().allMatch(WatchedBackplane::isConnected));
    backplanes().forEach(WatchedBackplane::forgetOutages);
  }

  private Stream<WatchedBackplane> backplanes() {
    return nodes.stream().map(LoadedNode::backplane);
  }

  /** Waits until both have said that messages do not pass; one may be back already. */
  void awaitLost() {
    await(() -> backplanes().allMatch(WatchedBackplane::wasLost));
  }

  /**
   * Waits until so many nodes have lost their connection and are back.
   *
   * @return how long that took in milliseconds
   */
  long awaitBack(int count) {
    long start = System.nanoTime();
    await(() -> backplanes().filter(WatchedBackplane::isBack).count() >= count);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static void await(BooleanSupplier reached) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(reached::getAsBoolean);
  }

  /**
   * Stops the load and checks that nothing local was lost and nothing came twice.
   *
   * @param event what happened, for the log
   * @param least how many messages must have reached the other node
   */
  void finish(String event, long least) throws InterruptedException {
    load.shutdown();
    assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    // What arrives after the markers was sent after them.
    nodes.forEach(LoadedNode::sendMarker);
    await(() -> one.hasMarkerOf(two) && two.hasMarkerOf(one));
    for (LoadedNode node : nodes) {
      assertThat(node.receivedFrom(node)).as("of its own").isEqualTo(node.sent());
      assertThat(node.receivedTwice()).as("received twice").isZero();
    }
    long crossed = one.receivedFrom(two) + two.receivedFrom(one);
    log.warn(
        "{}; of {} messages {} did not reach the other node, {} counted as lost by their senders, 0"
            + " of a node's own",
        event,
        one.sent() + two.sent(),
        one.sent() + two.sent() - crossed,
        one.lost() + two.lost());
    assertThat(crossed).as("reached the other node").isGreaterThan(least);
  }

  @Override
  public void close() {
    load.shutdownNow();
    nodes.forEach(LoadedNode::close);
  }
}
