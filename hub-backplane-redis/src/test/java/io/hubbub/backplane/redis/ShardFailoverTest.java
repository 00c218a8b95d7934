package io.hubbub.backplane.redis;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shard's master is killed and its replica takes over; needs the Redis 7 that is installed. */
@Timeout(180)
class ShardFailoverTest {
  private final RedisClusterProcesses cluster =
      new RedisClusterProcesses(RedisProcess::installed, Duration.ofSeconds(3));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  private RedisBackplane backplane() {
    return RedisBackplane.builder(cluster.server(0).address() + "," + cluster.server(1).address())
        .cluster()
        .shardedPubSub(true)
        .build();
  }

  @Test
  void nodesFollowAShardUnderLoad() throws Exception {
    RedisProcess master = cluster.masterOf("App.Hub:all");
    cluster.addReplica(master);
    try (TwoLoadedNodes nodes = new TwoLoadedNodes(backplane(), backplane())) {
      nodes.awaitConnected();
      nodes.awaitSent(300);
      master.kill();
      nodes.awaitLost();
      long recovery = nodes.awaitBack(2);
      nodes.awaitSent(300);
      nodes.finish(
          "A shard's master killed, its replica made the master, back after " + recovery + " ms",
          800);
    }
  }
}
