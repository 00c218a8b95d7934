package io.hubbub.backplane.redis;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.testkit.LifetimeManagerContract;
import io.hubbub.testkit.VirtualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisLifetimeManagerTest extends LifetimeManagerContract {
  private static RedisProcess redis;
  private final List<BackplaneNode> nodes = new ArrayList<>();

  @BeforeAll
  static void startRedis() {
    redis = new RedisProcess();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  protected HubLifetimeManager newManager(List<HubProtocol> protocols) {
    BackplaneNode node =
        new BackplaneNode(
            RedisBackplane.connect(redis.address()),
            new VirtualScheduler(),
            HubEvents.NONE,
            ForkJoinPool.commonPool());
    nodes.add(node);
    HubLifetimeManager manager = node.addHub("App.Hub", protocols);
    node.start().toCompletableFuture().join();
    return manager;
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(BackplaneNode::close);
  }
}
