package io.hubbub.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.testkit.VirtualScheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A node with one client: sends numbered messages to everybody and remembers what it hears. */
final class LoadedNode implements ConnectedClient, AutoCloseable {
  private static final HubProtocol JSON = JsonHubProtocol.create();

  private final String name;
  private final RedisBackplane redis;
  private final WatchedBackplane watched;
  private final BackplaneNode node;
  private final HubLifetimeManager manager;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
  private final LongAdder twice = new LongAdder();

  LoadedNode(String name, RedisBackplane redis) {
    this.name = name;
    this.redis = redis;
    this.watched = new WatchedBackplane(redis);
    this.node =
        new BackplaneNode(
            watched, new VirtualScheduler(), HubEvents.NONE, ForkJoinPool.commonPool());
    this.manager = node.addHub("App.Hub", List.of(JSON, MessagePackHubProtocol.create()));
    node.start().toCompletableFuture().join();
    manager.connected(this).toCompletableFuture().join();
  }

  WatchedBackplane backplane() {
    return watched;
  }

  void sendNext() {
    send(name + "-" + sent.getAndIncrement());
  }

  void sendMarker() {
    send("marker-" + name);
  }

  private void send(String text) {
    manager.send(new Audience.All(Set.of()), InvocationMessage.of(null, "M", text));
  }

  int sent() {
    return sent.get();
  }

  /** How many of a node's numbered messages came. */
  long receivedFrom(LoadedNode sender) {
    return seen.keySet().stream().filter(text -> text.startsWith(sender.name + "-")).count();
  }

  boolean hasMarkerOf(LoadedNode sender) {
    return seen.containsKey("marker-" + sender.name);
  }

  long receivedTwice() {
    return twice.sum();
  }

  long lost() {
    return redis.lostMessages();
  }

  @Override
  public String connectionId() {
    return name;
  }

  @Override
  public Optional<String> userId() {
    return Optional.empty();
  }

  @Override
  public HubProtocol protocol() {
    return JSON;
  }

  @Override
  public void send(EncodedMessage message) {
    String text = new String(message.in(JSON).array(), UTF_8);
    String argument = text.substring(text.lastIndexOf('[') + 2, text.lastIndexOf('"'));
    if (seen.put(argument, true) != null) {
      twice.increment();
    }
  }

  @Override
  public void abort(Throwable cause) {}

  @Override
  public void close() {
    node.close();
  }
}
