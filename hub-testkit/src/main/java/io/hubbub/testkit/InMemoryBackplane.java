package io.hubbub.testkit;

import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A backplane for nodes of one process: for tests of many nodes without a server, and of outages
 * without killing one.
 *
 * <p>Threads: any. Everything happens on the exchange's own thread, one thing at a time.
 */
public final class InMemoryBackplane implements Backplane {
  private static final int OUTBOX_LIMIT = 1_000;

  private final Exchange exchange;

  // Confined to the exchange's thread.
  private final Set<String> channels = new LinkedHashSet<>();
  private final Map<String, CompletableFuture<Void>> unconfirmed = new LinkedHashMap<>();
  private final Deque<Runnable> outbox = new ArrayDeque<>();

  private volatile @Nullable BackplaneListener listener;
  private volatile boolean connected;
  private volatile boolean closed;

  private InMemoryBackplane(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public CompletionStage<Void> start(BackplaneListener newListener) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    exchange.run(
        started,
        () -> {
          listener = newListener;
          connected = exchange.isUp;
          exchange.nodes.add(this);
          started.complete(null);
        });
    return started;
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] message) {
    CompletableFuture<Long> published = new CompletableFuture<>();
    exchange.run(
        published,
        () -> {
          if (closed) {
            published.completeExceptionally(closedError());
          } else if (connected) {
            published.complete(exchange.deliver(channel, message));
          } else if (outbox.size() < OUTBOX_LIMIT) {
            outbox.add(() -> published.complete(exchange.deliver(channel, message)));
          } else {
            published.completeExceptionally(
                new IllegalStateException(
                    "Expected at most " + OUTBOX_LIMIT + " messages during an outage"));
          }
        });
    return published;
  }

  private static IllegalStateException closedError() {
    return new IllegalStateException("Expected an open backplane, but it was closed");
  }

  @Override
  public CompletionStage<Void> subscribe(String channel) {
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    exchange.run(
        confirmed,
        () -> {
          channels.add(channel);
          if (connected) {
            confirmed.complete(null);
          } else {
            unconfirmed.put(channel, confirmed);
          }
        });
    return confirmed;
  }

  @Override
  public CompletionStage<Void> unsubscribe(String channel) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    exchange.run(
        done,
        () -> {
          channels.remove(channel);
          CompletableFuture<Void> open = unconfirmed.remove(channel);
          if (open != null) {
            open.cancel(false);
          }
          done.complete(null);
        });
    return done;
  }

  @Override
  public boolean isConnected() {
    return connected && !closed;
  }

  @Override
  public void close() {
    closed = true;
    connected = false;
    exchange.nodes.remove(this);
  }

  private void lose() {
    connected = false;
    notNull(listener).onConnectionLost(null);
  }

  private void recover() {
    unconfirmed.values().forEach(confirmed -> confirmed.complete(null));
    unconfirmed.clear();
    connected = true;
    notNull(listener).onConnectionRestored();
    for (Runnable next = outbox.poll(); next != null; next = outbox.poll()) {
      next.run();
    }
  }

  private static BackplaneListener notNull(@Nullable BackplaneListener listener) {
    if (listener == null) {
      throw new IllegalStateException("Expected a started backplane");
    }
    return listener;
  }

  /** What the nodes are connected to. Threads: any. */
  public static final class Exchange implements AutoCloseable {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "in-memory-backplane");
              made.setDaemon(true);
              return made;
            });
    private final CopyOnWriteArrayList<InMemoryBackplane> nodes = new CopyOnWriteArrayList<>();

    /** Confined to the thread. */
    private boolean isUp = true;

    /** A backplane for one more node. */
    public InMemoryBackplane node() {
      return new InMemoryBackplane(this);
    }

    /** Interrupts all nodes, until {@link #resume}. */
    public void interrupt() {
      thread.execute(
          () -> {
            isUp = false;
            nodes.forEach(InMemoryBackplane::lose);
          });
    }

    /** Ends an interruption. */
    public void resume() {
      thread.execute(
          () -> {
            isUp = true;
            nodes.forEach(InMemoryBackplane::recover);
          });
    }

    private long deliver(String channel, byte[] message) {
      long receivers = 0;
      for (InMemoryBackplane node : nodes) {
        if (node.connected && node.channels.contains(channel)) {
          receivers++;
          notNull(node.listener).onMessage(channel, message);
        }
      }
      return receivers;
    }

    private void run(CompletableFuture<?> outcome, Runnable task) {
      try {
        thread.execute(task);
      } catch (RejectedExecutionException e) {
        outcome.completeExceptionally(closedError());
      }
    }

    /** Ends it with all nodes. */
    @Override
    public void close() {
      thread.shutdown();
    }
  }
}
