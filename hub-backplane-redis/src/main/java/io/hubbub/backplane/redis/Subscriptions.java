package io.hubbub.backplane.redis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The channels that are to be heard, and which of them the present link has not confirmed yet.
 *
 * <p>Redis answers in order and does not say to which request. So what it confirms while it still
 * owes the end of a subscription is that former one, and not the one that was asked for since.
 *
 * <p>Threads: confined to the session's.
 */
final class Subscriptions {
  /** With what is told when each is confirmed. */
  private final Map<String, CompletableFuture<Void>> wanted = new LinkedHashMap<>();

  private final Set<String> unconfirmed = new LinkedHashSet<>();

  /** How often the present link was told to end a subscription and has not answered. */
  private final Map<String, Integer> ending = new HashMap<>();

  /**
   * A channel is to be heard.
   *
   * @param confirmed told when it is, or what is wrong
   * @return false if it is wanted already
   */
  boolean want(String channel, CompletableFuture<Void> confirmed) {
    CompletableFuture<Void> known = wanted.putIfAbsent(channel, confirmed);
    if (known != null) {
      known.whenComplete((done, error) -> settle(confirmed, error));
    }
    return known == null;
  }

  private static void settle(CompletableFuture<Void> future, @Nullable Throwable error) {
    if (error == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(error);
    }
  }

  /** The present link is asked for a channel. */
  void asked(String channel) {
    unconfirmed.add(channel);
  }

  /** There is a new link, which knows nothing of what is wanted. */
  void askAgainForAll() {
    ending.clear();
    unconfirmed.clear();
    unconfirmed.addAll(wanted.keySet());
  }

  /** The link has confirmed a channel. */
  void confirmed(String channel) {
    if (ending.containsKey(channel)) {
      return;
    }
    unconfirmed.remove(channel);
    CompletableFuture<Void> waiting = wanted.get(channel);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** The present link is told to end a channel's subscription. */
  void askedToEnd(String channel) {
    ending.merge(channel, 1, Integer::sum);
  }

  /** The present link has answered that, or never will. */
  void ended(String channel) {
    ending.computeIfPresent(channel, (name, count) -> count == 1 ? null : count - 1);
  }

  /** Whether a channel is wanted, and is neither confirmed any more nor asked for. */
  boolean isMissing(String channel) {
    return wanted.containsKey(channel) && !unconfirmed.contains(channel);
  }

  /**
   * A channel is not to be heard any more.
   *
   * @return whether it was
   */
  boolean drop(String channel) {
    return end(channel, new CancellationException("Not wanted any more"));
  }

  /** Redis does not let this node hear a channel. */
  void refused(String channel, Throwable reason) {
    end(channel, reason);
  }

  private boolean end(String channel, Throwable reason) {
    CompletableFuture<Void> open = wanted.remove(channel);
    unconfirmed.remove(channel);
    if (open != null) {
      open.completeExceptionally(reason);
    }
    return open != null;
  }

  boolean areConfirmed() {
    return unconfirmed.isEmpty();
  }

  List<String> unconfirmed() {
    return List.copyOf(unconfirmed);
  }
}
