package io.hubbub.backplane.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes links: to the first server that answers, to the master that the sentinels name, or to all
 * shards of a cluster.
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

  /** The servers of the cluster, as it was described last. */
  private volatile List<RedisURI> found = List.of();

  RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.client = RedisClient.create(resources);
    // A link that breaks is given up as a whole, so that nothing is sent twice.
    client.setOptions(options());
  }

  private ClientOptions options() {
    ClientOptions.Builder builder =
        ClientOptions.builder()
            .autoReconnect(false)
            .protocolVersion(protocol())
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
    return builder.build();
  }

  /**
   * The old version, so that a user needs no right to {@code HELLO}; but with it Lettuce takes
   * messages of sharded channels for answers.
   */
  private ProtocolVersion protocol() {
    return settings.sharded() ? ProtocolVersion.RESP3 : ProtocolVersion.RESP2;
  }

  /** Opens a link to the first server that answers, or to all shards. */
  CompletableFuture<RedisLink> open() {
    return settings.cluster() ? openCluster() : first(settings.servers(), this::openServer);
  }

  /** What comes of the first server with which an attempt succeeds. */
  private static <T> CompletableFuture<T> first(
      List<RedisURI> servers, Function<RedisURI, CompletableFuture<T>> attempt) {
    CompletableFuture<T> outcome = attempt.apply(servers.get(0));
    if (servers.size() == 1) {
      return outcome;
    }
    List<RedisURI> others = servers.subList(1, servers.size());
    return outcome
        .handle(
            (made, error) ->
                error == null ? CompletableFuture.completedFuture(made) : first(others, attempt))
        .thenCompose(next -> next);
  }

  private CompletableFuture<RedisLink> openServer(RedisURI server) {
    return openServer(server, settings.sharded());
  }

  private CompletableFuture<RedisLink> openServer(RedisURI server, boolean sharded) {
    return client
        .connectAsync(CODEC, server)
        .toCompletableFuture()
        .thenCompose(
            commands ->
                client
                    .connectPubSubAsync(CODEC, server)
                    .toCompletableFuture()
                    .<RedisLink>thenApply(
                        subscriptions -> new ServerLink(commands, subscriptions, sharded))
                    .whenComplete((link, error) -> closeAfter(error, commands)));
  }

  // ---- clusters

  /** Any server of a cluster passes messages on to all; shards are reached one by one. */
  private CompletableFuture<RedisLink> openCluster() {
    return first(candidates(), this::describe)
        .thenCompose(
            servers -> {
              found = servers.addresses();
              return settings.sharded() ? openShards(servers) : first(found, this::openServer);
            });
  }

  /** Those found last, and those that were named: the whole cluster may have moved. */
  private List<RedisURI> candidates() {
    return Stream.concat(found.stream(), settings.servers().stream()).distinct().toList();
  }

  private CompletableFuture<ClusterServers> describe(RedisURI server) {
    return client
        .connectAsync(CODEC, server)
        .toCompletableFuture()
        .thenCompose(
            connection ->
                connection
                    .async()
                    .clusterNodes()
                    .toCompletableFuture()
                    .orTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(nodes -> ClusterServers.parse(server, nodes))
                    .whenComplete((servers, error) -> connection.closeAsync()));
  }

  private CompletableFuture<RedisLink> openShards(ClusterServers servers) {
    Map<String, CompletableFuture<RedisLink>> opening = new HashMap<>();
    for (RedisClusterNode shard : servers.shards()) {
      opening.put(shard.getNodeId(), openServer(servers.address(shard), true));
    }
    return CompletableFuture.allOf(opening.values().toArray(CompletableFuture[]::new))
        .<RedisLink>thenApply(
            all -> {
              Map<String, RedisLink> shards = new HashMap<>();
              opening.forEach((id, link) -> shards.put(id, link.join()));
              return new ShardedLink(shards, servers::shardOf);
            })
        .whenComplete(
            (link, error) -> {
              if (error != null) {
                opening.values().forEach(one -> one.thenAccept(RedisLink::close));
              }
            });
  }

  private static void closeAfter(
      @Nullable Throwable error, StatefulRedisConnection<String, byte[]> connection) {
    if (error != null) {
      connection.closeAsync();
    }
  }

  @Override
  public void close() {
    client
        .shutdownAsync(0, 1, TimeUnit.SECONDS)
        .whenComplete((done, error) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
  }
}
