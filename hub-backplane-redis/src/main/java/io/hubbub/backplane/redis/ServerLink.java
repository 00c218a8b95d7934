package io.hubbub.backplane.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A link to one server: a connection for commands and one for subscriptions.
 *
 * <p>Threads: any; nothing waits.
 */
final class ServerLink implements RedisLink {
  private final StatefulRedisConnection<String, byte[]> connection;
  private final StatefulRedisPubSubConnection<String, byte[]> subscriptions;
  private final RedisAsyncCommands<String, byte[]> commands;
  private final RedisPubSubAsyncCommands<String, byte[]> subscribing;
  private final boolean sharded;

  /**
   * @param sharded whether channels belong to shards
   */
  ServerLink(
      StatefulRedisConnection<String, byte[]> connection,
      StatefulRedisPubSubConnection<String, byte[]> subscriptions,
      boolean sharded) {
    this.connection = connection;
    this.subscriptions = subscriptions;
    this.commands = connection.async();
    this.subscribing = subscriptions.async();
    this.sharded = sharded;
  }

  @Override
  public void listen(Events events) {
    subscriptions.addListener(new Messages(events));
    RedisConnectionStateListener state =
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
            events.lost();
          }
        };
    connection.addListener(state);
    subscriptions.addListener(state);
    // One that broke before does not tell it any more.
    if (!connection.isOpen() || !subscriptions.isOpen()) {
      events.lost();
    }
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] message) {
    return sharded ? commands.spublish(channel, message) : commands.publish(channel, message);
  }

  /**
   * A command for each channel, all in one piece: to a command of several Redis gives several
   * answers, of which Lettuce takes all but the first for those to the commands that follow.
   */
  @Override
  public CompletionStage<Void> subscribe(List<String> channels) {
    subscriptions.setAutoFlushCommands(false);
    CompletableFuture<?>[] answers =
        channels.stream()
            .map(this::subscribe)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    subscriptions.flushCommands();
    subscriptions.setAutoFlushCommands(true);
    return CompletableFuture.allOf(answers);
  }

  private CompletionStage<Void> subscribe(String channel) {
    return sharded ? subscribing.ssubscribe(channel) : subscribing.subscribe(channel);
  }

  @Override
  public CompletionStage<Void> unsubscribe(String channel) {
    return sharded ? subscribing.sunsubscribe(channel) : subscribing.unsubscribe(channel);
  }

  @Override
  public CompletableFuture<Void> ping() {
    return CompletableFuture.allOf(
        commands.ping().toCompletableFuture(), subscribing.ping().toCompletableFuture());
  }

  @Override
  public CompletableFuture<Void> close() {
    return CompletableFuture.allOf(close(connection), close(subscriptions));
  }

  private static CompletableFuture<Void> close(StatefulConnection<String, byte[]> one) {
    return one instanceof RedisChannelHandler<?, ?> handler && handler.isClosed()
        ? CompletableFuture.completedFuture(null)
        : one.closeAsync();
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
