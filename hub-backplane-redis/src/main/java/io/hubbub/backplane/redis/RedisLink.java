package io.hubbub.backplane.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A way to Redis, for as long as all of it lives: when a part breaks, the whole is given up and
 * another one is opened.
 *
 * <p>Threads: any; nothing waits.
 */
interface RedisLink {
  /** Listens to what comes and to what breaks; called once. */
  void listen(Events events);

  /**
   * Sends a message.
   *
   * @return how many subscriptions the server that took it has for the channel
   */
  CompletionStage<Long> publish(String channel, byte[] message);

  /** Confirmations come as events; the stage tells only failure. One thread at a time. */
  CompletionStage<Void> subscribe(List<String> channels);

  CompletionStage<Void> unsubscribe(String channel);

  /** A sign of life of every part. */
  CompletableFuture<Void> ping();

  CompletableFuture<Void> close();

  /** What a link tells. Threads: Lettuce's; must return soon. */
  interface Events {
    void message(String channel, byte[] message);

    void subscribed(String channel);

    /** Redis has ended a subscription by itself, as when a shard moves. */
    void unsubscribed(String channel);

    /** The link is of no use any more; may be told more than once. */
    void lost();
  }
}
