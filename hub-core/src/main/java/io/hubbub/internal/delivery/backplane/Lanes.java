package io.hubbub.internal.delivery.backplane;

import io.hubbub.spi.Backplane;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The channels that this node listens to: subscribed with the first who holds one, unsubscribed
 * with the last. Changes of one channel happen in the order of the calls; many channels change at
 * the same time.
 *
 * <p>A channel that nobody holds any more is heard until the backplane has confirmed that it is
 * unsubscribed: others may count this node as a receiver until then, so a question to a connection
 * that has gone must still be answered here.
 *
 * <p>During an outage a channel counts as open at once: this node's own connections go on working,
 * and the backplane subscribes it before messages pass again.
 *
 * <p>Threads: any; nothing waits. Tasks run on the thread that brings the confirmation, or at once;
 * they must be short.
 */
final class Lanes {
  private static final int STRIPES = 64;

  private final Backplane backplane;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final SerialQueue[] stripes =
      Stream.generate(SerialQueue::new).limit(STRIPES).toArray(SerialQueue[]::new);

  /** Until the first connection, too. */
  private volatile boolean away = true;

  Lanes(Backplane backplane) {
    this.backplane = backplane;
  }

  /**
   * Listens to a channel, until {@link #release}.
   *
   * @param handler gets its messages; the first holder's is used
   * @param task runs when messages come; told the reason when they cannot. It is a holder then, too
   */
  void hold(String channel, Consumer<byte[]> handler, Consumer<@Nullable Throwable> task) {
    SerialQueue stripe = stripe(channel);
    stripe.run(
        () -> {
          Lane known = held(channel);
          Lane lane = known == null ? new Lane(handler) : known;
          lane.hold();
          if (known == null) {
            lanes.put(channel, lane);
          }
          if (known == null || lane.forgetFailure()) {
            subscribe(channel, lane, stripe);
          }
          lane.whenOpen(task);
        });
  }

  /** Not one that is being unsubscribed: who comes now subscribes anew. */
  private @Nullable Lane held(String channel) {
    Lane lane = lanes.get(channel);
    return lane != null && lane.isHeld() ? lane : null;
  }

  private void subscribe(String channel, Lane lane, SerialQueue stripe) {
    if (away) {
      lane.open();
    }
    asked(() -> backplane.subscribe(channel))
        .whenComplete(
            (confirmed, error) ->
                stripe.run(
                    () -> {
                      if (error == null) {
                        lane.open();
                      } else {
                        lane.fail(error);
                      }
                    }));
  }

  /** Runs a task after those that wait for a channel. */
  void after(String channel, Runnable task) {
    stripe(channel)
        .run(
            () -> {
              Lane lane = held(channel);
              if (lane == null) {
                task.run();
              } else {
                lane.whenOpen(error -> task.run());
              }
            });
  }

  /** Gives up what {@link #hold} has taken. */
  void release(String channel) {
    stripe(channel)
        .run(
            () -> {
              Lane lane = held(channel);
              if (lane != null && lane.release()) {
                unsubscribe(channel, lane);
              }
            });
  }

  private void unsubscribe(String channel, Lane lane) {
    asked(() -> backplane.unsubscribe(channel))
        .whenComplete((confirmed, error) -> lanes.remove(channel, lane));
  }

  /** A backplane that throws has failed like one that says so: who waits must be told. */
  private static CompletionStage<Void> asked(Supplier<CompletionStage<Void>> question) {
    try {
      return question.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private SerialQueue stripe(String channel) {
    int hash = channel.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  /** The lane of a channel that is held, or not unsubscribed yet. */
  @Nullable Lane find(String channel) {
    return lanes.get(channel);
  }

  /** Messages do not pass: nobody waits for a confirmation any more. */
  void goAway() {
    away = true;
    lanes.forEach((channel, lane) -> stripe(channel).run(lane::open));
  }

  /** Messages pass again, all channels are subscribed. */
  void comeBack() {
    away = false;
    lanes.values().forEach(Lane::messagesWereLost);
  }

  int size() {
    return lanes.size();
  }
}
