package io.hubbub.backplane.redis;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes at different servers of a cluster, one of which is killed. */
@Timeout(180)
class ClusterTest {
  private final RedisClusterProcesses cluster =
      new RedisClusterProcesses(RedisProcess::new, Duration.ofSeconds(5));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  private RedisBackplane at(int server) {
    return RedisBackplane.builder(cluster.server(server).address()).cluster().build();
  }

  @Test
  void aNodeThatLosesItsServerFindsAnotherThatItWasNotTold() throws Exception {
    try (TwoLoadedNodes nodes = new TwoLoadedNodes(at(0), at(1))) {
      nodes.awaitConnected();
      nodes.awaitSent(300);
      cluster.server(0).kill();
      nodes.awaitSent(300);
      nodes.awaitBack(1);
      nodes.awaitSent(300);
      nodes.finish("A server of a cluster killed", 1_200);
    }
  }
}
