package io.hubbub.backplane.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis killed and started again while two nodes keep sending. */
@Timeout(180)
class OutageUnderLoadTest {
  private final RedisProcess redis = new RedisProcess();

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void nothingLocalIsLostAndBothNodesRecoverByThemselves() throws Exception {
    try (TwoLoadedNodes nodes =
        new TwoLoadedNodes(
            RedisBackplane.connect(redis.address()), RedisBackplane.connect(redis.address()))) {
      nodes.awaitConnected();
      nodes.awaitSent(500);
      redis.kill();
      nodes.awaitLost();
      nodes.awaitSent(500);
      redis.restart();
      long recovery = nodes.awaitBack(2);
      nodes.awaitSent(500);
      nodes.finish("Redis killed and started again, back after " + recovery + " ms", 1_800);
    }
  }
}
