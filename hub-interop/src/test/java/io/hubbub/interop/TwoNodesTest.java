package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.backplane.redis.RedisBackplane;
import io.hubbub.interop.server.ConformanceHubs;
import io.hubbub.interop.server.ConformanceServer;
import io.hubbub.interop.server.HubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/**
 * Microsoft's own JavaScript clients, in JSON and MessagePack, on two servers that share a Redis:
 * every target of each server reaches the clients of both.
 */
class TwoNodesTest {
  private static final int CHECKS = 100;

  @Test
  @Timeout(300)
  void everyTargetReachesTheClientsOfBothNodes() throws IOException {
    int port = freePort();
    RedisServer redis =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .onShutdownForceStop(true)
            .setting("save \"\"")
            .build();
    redis.start();
    try (Node one = Node.start("netty", port);
        Node two = Node.start("undertow", port)) {
      NodeScript.Ended script = NodeScript.run("two-nodes.mjs", one.address(), two.address());

      List<String> rows =
          script.output().lines().filter(line -> line.matches("(ok|FAIL) .*")).toList();
      assertThat(rows).as(script.output()).hasSize(CHECKS).allMatch(row -> row.startsWith("ok "));
      assertThat(script.exitCode()).isZero();
    } finally {
      redis.stop();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * One of the two.
   *
   * @param hubs with the backplane
   * @param server serves them
   */
  private record Node(Hubs hubs, HubServer server) implements AutoCloseable {
    static Node start(String transport, int redis) {
      Hubs hubs =
          ConformanceHubs.map()
              .backplane(RedisBackplane.connect("127.0.0.1:" + redis + ",channelPrefix=app"))
              .build();
      return new Node(hubs, HubServer.start(transport, 0, hubs, ConformanceServer::settings));
    }

    String address() {
      return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
      server.close();
      hubs.close();
    }
  }
}
