package io.hubbub.examples.cluster;

import io.hubbub.Hubs;
import io.hubbub.backplane.redis.RedisBackplane;
import io.hubbub.transport.netty.NettyHubServer;
import java.time.Duration;

/**
 * One node of the chat: its pages, its hub, and a Redis between it and the other nodes. Arguments:
 * {@code NAME PORT REDIS}, the latter as {@code host:port}.
 */
public final class ClusterNode {
  private static final String LOOPBACK = "127.0.0.1";

  private ClusterNode() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("Expected NAME PORT REDIS, but found " + String.join(" ", args));
      System.exit(2);
    }
    NettyHubServer server = start(args[0], Integer.parseInt(args[1]), args[2]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    System.out.println("listening on http://" + LOOPBACK + ':' + server.port());
  }

  private static NettyHubServer start(String name, int port, String redis) {
    Hubs hubs =
        Hubs.builder()
            .hub("/chathub", ClusterHub.class)
            .activator(new NodeActivator(name))
            .backplane(RedisBackplane.connect(redis))
            .build();
    return NettyHubServer.builder(hubs)
        .host(LOOPBACK)
        .port(port)
        .forwardedHeaders(LOOPBACK)
        .staticResources(ClusterNode.class.getClassLoader(), "cluster-web")
        .start();
  }

  /** Clients are told that they may connect again, and do: to another node. */
  private static void stop(NettyHubServer server) {
    server.shutdown(Duration.ofSeconds(3)).toCompletableFuture().join();
  }
}
