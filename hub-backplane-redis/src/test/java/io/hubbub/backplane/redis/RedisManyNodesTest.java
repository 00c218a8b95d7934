package io.hubbub.backplane.redis;

import io.hubbub.spi.Backplane;
import io.hubbub.testkit.ManyNodesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisManyNodesTest extends ManyNodesContract {
  private static RedisProcess redis;

  @BeforeAll
  static void startRedis() {
    redis = new RedisProcess();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  protected Backplane newBackplane() {
    return RedisBackplane.builder(redis.address()).channelPrefix("app/").build();
  }
}
