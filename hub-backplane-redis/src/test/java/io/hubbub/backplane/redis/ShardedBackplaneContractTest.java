package io.hubbub.backplane.redis;

import io.hubbub.spi.Backplane;
import io.hubbub.testkit.BackplaneContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract over the shards of a cluster; needs the Redis 7 that is installed. */
class ShardedBackplaneContractTest extends BackplaneContract {
  private static RedisClusterProcesses cluster;

  @BeforeAll
  static void startCluster() {
    cluster = new RedisClusterProcesses(RedisProcess::installed, Duration.ofSeconds(5));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  protected Backplane newBackplane() {
    return RedisBackplane.builder(cluster.addresses()).cluster().shardedPubSub(true).build();
  }

  @Override
  protected boolean countsReceivers() {
    return false;
  }

  @Override
  protected void interrupt() {
    cluster.killAll();
  }

  @Override
  protected void resume() {
    cluster.restartAll();
  }
}
