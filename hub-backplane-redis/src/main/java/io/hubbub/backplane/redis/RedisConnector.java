package io.hubbub.backplane.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes links: to the first server that answers, to the master that the sentinels name, or to a
 * whole cluster where channels are sharded. (Without shards any server of a cluster does: it passes
 * messages on to the others.)
 *
 * <p>Threads: any; nothing waits.
 */
final class RedisConnector implements AutoCloseable {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final int THREADS = 2;

  private final RedisSettings settings;
  private final ClientResources resources =
      DefaultClientResources.builder()
          .ioThreadPoolSize(THREADS)
          .computationThreadPoolSize(THREADS)
          .build();
  private final RedisClient client;

  RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.client = RedisClient.create(resources);
    // A link that breaks is given up as a whole, so that nothing is sent twice.
    client.setOptions(options(ClientOptions.builder().autoReconnect(false)).build());
  }

  private <B extends ClientOptions.Builder> B options(B builder) {
    builder
        .protocolVersion(ProtocolVersion.RESP2)
        .requestQueueSize(settings.outgoingMessages() + 1_000_000)
        .timeoutOptions(TimeoutOptions.create())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .tcpNoDelay(true)
                .keepAlive(true)
                .build());
    settings
        .trusted()
        .ifPresent(file -> builder.sslOptions(SslOptions.builder().trustManager(file).build()));
    return builder;
  }

  /** Opens a link to the first server that answers. */
  CompletableFuture<RedisLink> open() {
    return settings.cluster() && settings.sharded() ? openCluster() : openFrom(0);
  }

  private CompletableFuture<RedisLink> openFrom(int index) {
    CompletableFuture<RedisLink> opened = openSingle(settings.servers().get(index));
    if (index + 1 == settings.servers().size()) {
      return opened;
    }
    return opened
        .handle(
            (link, error) ->
                error == null ? CompletableFuture.completedFuture(link) : openFrom(index + 1))
        .thenCompose(next -> next);
  }

  private CompletableFuture<RedisLink> openSingle(RedisURI server) {
    return client
        .connectAsync(CODEC, server)
        .toCompletableFuture()
        .thenCompose(
            commands ->
                client
                    .connectPubSubAsync(CODEC, server)
                    .toCompletableFuture()
                    .thenApply(
                        subscriptions ->
                            new RedisLink(
                                commands.async(),
                                subscriptions,
                                List.of(commands, subscriptions),
                                settings.sharded()))
                    .whenComplete((link, error) -> closeAfter(commands, error)));
  }

  private CompletableFuture<RedisLink> openCluster() {
    RedisClusterClient cluster = RedisClusterClient.create(resources, settings.servers());
    cluster.setOptions(clusterOptions());
    return cluster
        .connectAsync(CODEC)
        .thenCompose(
            commands ->
                cluster
                    .connectPubSubAsync(CODEC)
                    .thenApply(
                        subscriptions -> {
                          subscriptions.setNodeMessagePropagation(true);
                          return new RedisLink(
                              commands.async(),
                              subscriptions,
                              List.of(commands, subscriptions, cluster::shutdownAsync),
                              true);
                        })
                    .whenComplete((link, error) -> closeAfter(commands, error)))
        .whenComplete(
            (link, error) -> {
              if (error != null) {
                cluster.shutdownAsync();
              }
            });
  }

  /** A cluster's parts come and go: Lettuce follows them, and drops what was on its way to one. */
  private ClusterClientOptions clusterOptions() {
    ClusterClientOptions.Builder builder = options(ClusterClientOptions.builder());
    return builder
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(30))
                .enableAllAdaptiveRefreshTriggers()
                .build())
        .build();
  }

  private static void closeAfter(
      StatefulConnection<String, byte[]> commands, @Nullable Throwable error) {
    if (error != null) {
      commands.closeAsync();
    }
  }

  @Override
  public void close() {
    client
        .shutdownAsync(0, 1, TimeUnit.SECONDS)
        .whenComplete((done, error) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
  }
}
