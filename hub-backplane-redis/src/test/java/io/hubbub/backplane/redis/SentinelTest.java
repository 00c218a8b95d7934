package io.hubbub.backplane.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisSentinel;

/** A master, a replica and a sentinel that makes it the master. */
@Timeout(180)
class SentinelTest {
  private static final String NAME = "hubbub";

  private final RedisProcess master = new RedisProcess();
  private final RedisProcess replica = new RedisProcess("replicaof 127.0.0.1 " + master.port());
  private final int port = RedisProcess.freePort();
  private RedisSentinel sentinel;

  @AfterEach
  void stopAll() throws Exception {
    if (sentinel != null) {
      sentinel.stop();
    }
    replica.close();
    master.close();
  }

  /** It learns of replicas when it first asks the master, and then only every ten seconds. */
  private void startSentinel() throws Exception {
    ServerCommands.await(master, commands -> commands.info("replication").contains("state=online"));
    sentinel =
        RedisSentinel.newRedisSentinel()
            .executableProvider(RedisProcess::embedded)
            .bind("127.0.0.1")
            .port(port)
            .masterName(NAME)
            .masterPort(master.port())
            .quorumSize(1)
            // A master that a busy machine has kept waiting is not down.
            .downAfterMilliseconds(3_000)
            .failOverTimeout(3_000)
            .onShutdownForceStop(true)
            .build();
    sentinel.start();
    ServerCommands.awaitReplica(port, NAME);
  }

  @Test
  void nodesFollowTheMasterUnderLoad() throws Exception {
    startSentinel();
    String address = "127.0.0.1:" + port;
    try (TwoLoadedNodes nodes =
        new TwoLoadedNodes(
            RedisBackplane.connect(address + ",serviceName=" + NAME),
            RedisBackplane.builder(address).sentinel(NAME).build())) {
      nodes.awaitConnected();
      nodes.awaitSent(500);
      master.kill();
      nodes.awaitLost();
      long recovery = nodes.awaitBack(2);
      nodes.awaitSent(300);
      nodes.finish("Master killed, replica made the master, back after " + recovery + " ms", 1_200);
    }
  }
}
