package io.hubbub.testkit;

import io.hubbub.internal.delivery.Delivery;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.HubLifetimeManager;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

class InMemoryLifetimeManagerTest extends LifetimeManagerContract {
  private final HubLifetimeManager manager = Delivery.inMemory(ForkJoinPool.commonPool());

  @Override
  protected HubLifetimeManager newManager(List<HubProtocol> protocols) {
    return manager;
  }
}
