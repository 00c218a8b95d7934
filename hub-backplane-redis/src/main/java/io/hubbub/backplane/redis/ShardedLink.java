package io.hubbub.backplane.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link to every shard of a cluster, made for the shards as they were when it was opened: when one
 * is lost or has moved, the whole link is given up, and the next one follows the cluster.
 *
 * <p>Threads: any; nothing waits.
 */
final class ShardedLink implements RedisLink {
  private final Map<String, RedisLink> shards;
  private final Function<String, @Nullable String> shardOf;
  private volatile @Nullable Events events;

  /**
   * @param shards one link for each, by the shard's name
   * @param shardOf a channel's shard; null when no server has it
   */
  ShardedLink(Map<String, RedisLink> shards, Function<String, @Nullable String> shardOf) {
    this.shards = Map.copyOf(shards);
    this.shardOf = shardOf;
  }

  @Override
  public void listen(Events newEvents) {
    events = newEvents;
    shards.values().forEach(shard -> shard.listen(newEvents));
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] message) {
    RedisLink shard = shard(channel);
    return shard == null ? nobody(channel) : watched(shard.publish(channel, message));
  }

  private @Nullable RedisLink shard(String channel) {
    String name = shardOf.apply(channel);
    return name == null ? null : shards.get(name);
  }

  private <T> CompletionStage<T> nobody(String channel) {
    lose();
    return CompletableFuture.failedStage(
        new IllegalStateException("Expected a server of the cluster for the channel " + channel));
  }

  private void lose() {
    Events known = events;
    if (known != null) {
      known.lost();
    }
  }

  /** An answer that another server is responsible, or none, means that the cluster has changed. */
  private <T> CompletionStage<T> watched(CompletionStage<T> answer) {
    return answer.whenComplete(
        (done, error) -> {
          if (error != null && tellsOfChange(error)) {
            lose();
          }
        });
  }

  private static boolean tellsOfChange(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof RedisCommandExecutionException)) {
      return false;
    }
    String answer = String.valueOf(cause.getMessage());
    return answer.startsWith("MOVED") || answer.startsWith("ASK") || answer.startsWith("CLUSTER");
  }

  @Override
  public CompletionStage<Void> subscribe(List<String> channels) {
    Map<RedisLink, List<String>> byShard = new HashMap<>();
    for (String channel : channels) {
      RedisLink shard = shard(channel);
      if (shard == null) {
        return nobody(channel);
      }
      byShard.computeIfAbsent(shard, first -> new ArrayList<>()).add(channel);
    }
    return CompletableFuture.allOf(
        byShard.entrySet().stream()
            .map(entry -> watched(entry.getKey().subscribe(entry.getValue())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<Void> unsubscribe(String channel) {
    RedisLink shard = shard(channel);
    return shard == null
        ? CompletableFuture.completedStage(null)
        : watched(shard.unsubscribe(channel));
  }

  @Override
  public CompletableFuture<Void> ping() {
    return all(RedisLink::ping);
  }

  @Override
  public CompletableFuture<Void> close() {
    return all(RedisLink::close);
  }

  private CompletableFuture<Void> all(Function<RedisLink, CompletableFuture<Void>> action) {
    return CompletableFuture.allOf(
        shards.values().stream().map(action).toArray(CompletableFuture[]::new));
  }
}
