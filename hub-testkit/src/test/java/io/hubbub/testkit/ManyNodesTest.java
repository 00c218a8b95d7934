package io.hubbub.testkit;

import io.hubbub.spi.Backplane;
import org.junit.jupiter.api.AfterEach;

class ManyNodesTest extends ManyNodesContract {
  private final InMemoryBackplane.Exchange exchange = new InMemoryBackplane.Exchange();

  @Override
  protected Backplane newBackplane() {
    return exchange.node();
  }

  @AfterEach
  void closeExchange() {
    exchange.close();
  }
}
