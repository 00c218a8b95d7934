package io.hubbub.testkit;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;

class BackplaneLifetimeManagerTest extends LifetimeManagerContract {
  private final InMemoryBackplane.Exchange exchange = new InMemoryBackplane.Exchange();
  private final List<BackplaneNode> nodes = new ArrayList<>();

  @Override
  protected HubLifetimeManager newManager(List<HubProtocol> protocols) {
    BackplaneNode node =
        new BackplaneNode(
            exchange.node(), new VirtualScheduler(), HubEvents.NONE, ForkJoinPool.commonPool());
    nodes.add(node);
    HubLifetimeManager manager = node.addHub("App.Hub", protocols);
    node.start().toCompletableFuture().join();
    return manager;
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(BackplaneNode::close);
    exchange.close();
  }
}
