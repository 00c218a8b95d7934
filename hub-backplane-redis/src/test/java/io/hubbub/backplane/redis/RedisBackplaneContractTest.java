package io.hubbub.backplane.redis;

import io.hubbub.spi.Backplane;
import io.hubbub.testkit.BackplaneContract;
import org.junit.jupiter.api.AfterEach;

class RedisBackplaneContractTest extends BackplaneContract {
  private final RedisProcess redis = new RedisProcess();

  @Override
  protected Backplane newBackplane() {
    return RedisBackplane.builder(redis.address()).channelPrefix("app1").build();
  }

  @Override
  protected void interrupt() {
    redis.kill();
  }

  @Override
  protected void resume() {
    redis.restart();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }
}
