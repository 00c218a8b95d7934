package io.hubbub.internal.delivery.backplane;

import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.spi.Scheduler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process on a backplane: one connection to it for all hubs, and a lifetime manager for each.
 *
 * <p>Threads: any.
 */
public final class BackplaneNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackplaneNode.class);

  private final Backplane backplane;
  private final Scheduler scheduler;
  private final HubEvents events;
  private final Executor executor;
  private final Lanes lanes;
  private final List<BackplaneLifetimeManager> managers = new CopyOnWriteArrayList<>();
  private final AtomicLong rejected = new AtomicLong();

  /**
   * @param backplane closed with this
   * @param scheduler ends waiting for other nodes
   * @param events told of what is lost
   * @param executor completes what applications wait for; must not be a pool whose threads may all
   *     be waiting for such things
   */
  public BackplaneNode(
      Backplane backplane, Scheduler scheduler, HubEvents events, Executor executor) {
    this.backplane = backplane;
    this.scheduler = scheduler;
    this.events = events;
    this.executor = executor;
    this.lanes = new Lanes(backplane);
  }

  /**
   * Adds a hub; before {@link #start}.
   *
   * @param channelName the hub's name on the backplane
   * @param protocols every protocol that a client of any node may speak
   * @throws IllegalArgumentException if the name has a colon
   */
  public HubLifetimeManager addHub(String channelName, List<HubProtocol> protocols) {
    BackplaneLifetimeManager manager =
        new BackplaneLifetimeManager(this, channelName, List.copyOf(protocols));
    managers.add(manager);
    return manager;
  }

  /**
   * Connects and subscribes what every hub needs.
   *
   * @return done when messages pass, or when the backplane goes on trying in the background; failed
   *     when it has given up
   */
  public CompletionStage<Void> start() {
    return backplane.start(new Listener()).thenCompose(started -> open());
  }

  private CompletionStage<Void> open() {
    if (backplane.isConnected()) {
      lanes.comeBack();
    }
    return CompletableFuture.allOf(
        managers.stream().map(BackplaneLifetimeManager::open).toArray(CompletableFuture[]::new));
  }

  Backplane backplane() {
    return backplane;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  HubEvents events() {
    return events;
  }

  Executor executor() {
    return executor;
  }

  Lanes lanes() {
    return lanes;
  }

  /**
   * Publishes, and tells of it when the message is lost.
   *
   * @return the backplane's answer
   */
  CompletableFuture<Long> publish(String channel, byte[] message) {
    CompletableFuture<Long> published = backplane.publish(channel, message).toCompletableFuture();
    published.whenComplete(
        (receivers, error) -> {
          if (error != null) {
            events.backplaneMessageLost(channel, error);
          }
        });
    return published;
  }

  /** Tells of a message that could not be used. A flood of them does not flood the log. */
  void reject(String channel, Throwable cause) {
    events.backplaneMessageRejected(channel, cause);
    long count = rejected.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      log.warn(
          "Skipped message {} from the backplane that cannot be used, on channel {}",
          count,
          channel,
          cause);
    }
  }

  /** Ends it; idempotent. */
  @Override
  public void close() {
    backplane.close();
  }

  private final class Listener implements BackplaneListener {
    @Override
    public void onMessage(String channel, byte[] message) {
      Lane lane = lanes.find(channel);
      if (lane == null) {
        return;
      }
      try {
        lane.receive(message);
      } catch (RuntimeException e) {
        reject(channel, e);
      }
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
      log.warn(
          "The backplane is away: this node serves its own connections, other nodes are not reached",
          cause);
      lanes.goAway();
    }

    @Override
    public void onConnectionRestored() {
      log.info("The backplane is back: other nodes are reached again");
      lanes.comeBack();
    }
  }
}
