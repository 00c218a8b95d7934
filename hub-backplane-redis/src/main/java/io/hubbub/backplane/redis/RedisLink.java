package io.hubbub.backplane.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One connection for commands and one for subscriptions, for as long as both live: when one breaks,
 * both are given up.
 *
 * <p>Threads: any; nothing waits.
 */
final class RedisLink {
  private final BaseRedisAsyncCommands<String, byte[]> commands;
  private final StatefulRedisPubSubConnection<String, byte[]> subscriptions;
  private final RedisPubSubAsyncCommands<String, byte[]> subscribing;
  private final List<AsyncCloseable> connections;
  private final boolean sharded;

  RedisLink(
      BaseRedisAsyncCommands<String, byte[]> commands,
      StatefulRedisPubSubConnection<String, byte[]> subscriptions,
      List<AsyncCloseable> connections,
      boolean sharded) {
    this.commands = commands;
    this.subscriptions = subscriptions;
    this.subscribing = subscriptions.async();
    this.connections = List.copyOf(connections);
    this.sharded = sharded;
  }

  /** Listens to what comes and to what breaks. */
  void listen(Events events) {
    subscriptions.addListener(new Messages(events));
    RedisConnectionStateListener state =
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            events.lost(RedisLink.this);
          }
        };
    for (AsyncCloseable connection : connections) {
      if (connection instanceof RedisChannelHandler<?, ?> handler) {
        handler.addListener(state);
        if (!handler.isOpen()) {
          events.lost(this);
        }
      }
    }
  }

  CompletionStage<Long> publish(String channel, byte[] message) {
    return sharded ? commands.spublish(channel, message) : commands.publish(channel, message);
  }

  /** The confirmation comes as an event; the stage tells only failure. */
  CompletionStage<Void> subscribe(List<String> channels) {
    if (!sharded) {
      return subscribing.subscribe(channels.toArray(String[]::new));
    }
    // Channels of different shards do not fit into one command.
    CompletableFuture<?>[] all =
        channels.stream()
            .map(channel -> subscribing.ssubscribe(channel).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all);
  }

  CompletionStage<Void> unsubscribe(String channel) {
    return sharded ? subscribing.sunsubscribe(channel) : subscribing.unsubscribe(channel);
  }

  /** A sign of life of both connections. */
  CompletableFuture<Void> ping() {
    return CompletableFuture.allOf(
        commands.ping().toCompletableFuture(), subscribing.ping().toCompletableFuture());
  }

  /** Ends both connections. */
  CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        connections.stream()
            .filter(connection -> !isClosed(connection))
            .map(AsyncCloseable::closeAsync)
            .toArray(CompletableFuture[]::new));
  }

  private static boolean isClosed(AsyncCloseable connection) {
    return connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
  }

  /** What a link tells. Threads: Lettuce's; must return soon. */
  interface Events {
    void message(String channel, byte[] message);

    void subscribed(String channel);

    /** Redis has ended a subscription by itself, as when a shard moves. */
    void unsubscribed(String channel);

    void lost(RedisLink link);
  }

  private static final class Messages extends RedisPubSubAdapter<String, byte[]> {
    private final Events events;

    Messages(Events events) {
      this.events = events;
    }

    @Override
    public void message(String channel, byte[] message) {
      events.message(channel, message);
    }

    @Override
    public void smessage(String channel, byte[] message) {
      events.message(channel, message);
    }

    @Override
    public void subscribed(String channel, long count) {
      events.subscribed(channel);
    }

    @Override
    public void ssubscribed(String channel, long count) {
      events.subscribed(channel);
    }

    @Override
    public void unsubscribed(String channel, long count) {
      events.unsubscribed(channel);
    }

    @Override
    public void sunsubscribed(String channel, long count) {
      events.unsubscribed(channel);
    }
  }
}
