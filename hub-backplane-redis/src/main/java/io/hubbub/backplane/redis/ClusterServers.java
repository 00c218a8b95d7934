package io.hubbub.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a cluster as one of them describes them.
 *
 * <p>Threads: immutable; any.
 */
final class ClusterServers {
  private static final Set<NodeFlag> UNREACHABLE =
      Set.of(NodeFlag.FAIL, NodeFlag.HANDSHAKE, NodeFlag.NOADDR);

  private final RedisURI asked;
  private final Partitions described;

  private ClusterServers(RedisURI asked, Partitions described) {
    this.asked = asked;
    this.described = described;
  }

  /**
   * Reads a description.
   *
   * @param asked the server that gave it; the others are reached with the same user and encryption
   * @param nodes its answer to {@code CLUSTER NODES}
   */
  static ClusterServers parse(RedisURI asked, String nodes) {
    Partitions described = ClusterPartitionParser.parse(nodes);
    described.updateCache();
    return new ClusterServers(asked, described);
  }

  /** All that may answer, the one that was asked first. */
  List<RedisURI> addresses() {
    Stream<RedisURI> others =
        described.getPartitions().stream()
            .filter(server -> !server.is(NodeFlag.MYSELF))
            .filter(server -> UNREACHABLE.stream().noneMatch(server::is))
            .map(this::address);
    return Stream.concat(Stream.of(asked), others).toList();
  }

  /** Those that have slots. */
  List<RedisClusterNode> shards() {
    return described.getPartitions().stream()
        .filter(server -> server.is(NodeFlag.UPSTREAM) && !server.getSlots().isEmpty())
        .toList();
  }

  /** A server does not always know its own address. */
  RedisURI address(RedisClusterNode server) {
    return server.is(NodeFlag.MYSELF) ? asked : at(asked, server.getUri());
  }

  private static RedisURI at(RedisURI like, RedisURI where) {
    return RedisURI.builder(like).withHost(where.getHost()).withPort(where.getPort()).build();
  }

  /** The id of the server that a channel belongs to. */
  @Nullable String shardOf(String channel) {
    RedisClusterNode server = described.getMasterBySlot(SlotHash.getSlot(channel.getBytes(UTF_8)));
    return server == null ? null : server.getNodeId();
  }
}
