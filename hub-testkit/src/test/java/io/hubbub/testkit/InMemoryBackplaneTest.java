package io.hubbub.testkit;

import io.hubbub.spi.Backplane;
import org.junit.jupiter.api.AfterEach;

class InMemoryBackplaneTest extends BackplaneContract {
  private final InMemoryBackplane.Exchange exchange = new InMemoryBackplane.Exchange();

  @Override
  protected Backplane newBackplane() {
    return exchange.node();
  }

  @Override
  protected void interrupt() {
    exchange.interrupt();
  }

  @Override
  protected void resume() {
    exchange.resume();
  }

  @AfterEach
  void closeExchange() {
    exchange.close();
  }
}
