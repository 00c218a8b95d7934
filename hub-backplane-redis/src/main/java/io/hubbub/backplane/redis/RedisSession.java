package io.hubbub.backplane.redis;

import io.hubbub.spi.BackplaneListener;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a link to Redis: connects, subscribes everything that is wanted, says that messages pass,
 * and begins anew when the link breaks or falls silent.
 *
 * <p>Threads: confined to its own thread; other threads hand it tasks.
 */
final class RedisSession {
  private static final Logger log = LoggerFactory.getLogger(RedisSession.class);

  /**
   * What waited for the end of an outage waits this much longer: other nodes come back at about the
   * same time, and what is sent before they have subscribed again does not reach them.
   */
  private static final Duration GRACE = Duration.ofMillis(1_500);

  private final RedisConnector connector;
  private final Outbox outbox;
  private final ScheduledExecutorService thread;
  private final String prefix;
  private final Duration patience;

  private final Subscriptions subscriptions = new Subscriptions();
  private final RetryPause pause = new RetryPause();

  private @Nullable RedisLink link;
  private boolean restored;
  private long lostAt;

  /** Written by who closes it: from then on nothing is told. */
  private volatile boolean closed;

  /** Written on the session's thread. */
  private volatile boolean connected;

  private volatile @Nullable BackplaneListener listener;

  RedisSession(
      RedisConnector connector,
      Outbox outbox,
      ScheduledExecutorService thread,
      String prefix,
      Duration patience) {
    this.connector = connector;
    this.outbox = outbox;
    this.thread = thread;
    this.prefix = prefix;
    this.patience = patience;
  }

  boolean isConnected() {
    return connected;
  }

  /**
   * Connects.
   *
   * @return done with the first link, failed with what is wrong with the first attempt; further
   *     ones follow unless the session is closed
   */
  CompletableFuture<Void> start(BackplaneListener newListener) {
    listener = newListener;
    CompletableFuture<Void> first = new CompletableFuture<>();
    thread.execute(() -> connect(first));
    thread.scheduleAtFixedRate(
        this::check, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
    return first;
  }

  private void connect(CompletableFuture<Void> first) {
    if (closed) {
      return;
    }
    connector
        .open()
        .whenCompleteAsync(
            (opened, error) -> {
              if (error == null) {
                begin(opened, first);
              } else {
                first.completeExceptionally(error);
                log.debug("Redis cannot be reached", error);
                retry(first);
              }
            },
            thread);
  }

  private void retry(CompletableFuture<Void> first) {
    if (closed) {
      return;
    }
    thread.schedule(() -> connect(first), pause.nextMillis(), TimeUnit.MILLISECONDS);
  }

  private void begin(RedisLink opened, CompletableFuture<Void> first) {
    if (closed) {
      opened.close();
      return;
    }
    link = opened;
    restored = false;
    subscriptions.askAgainForAll();
    opened.listen(new Events(opened, first));
    subscribeAll(opened);
    readyIfConfirmed(first);
  }

  private void subscribeAll(RedisLink on) {
    List<String> channels = subscriptions.unconfirmed();
    if (channels.isEmpty()) {
      return;
    }
    on.subscribe(channels.stream().map(prefix::concat).toList())
        .whenCompleteAsync(
            (done, error) -> {
              if (error != null && link == on) {
                log.warn("Redis did not take subscriptions; they are asked for again", error);
              }
            },
            thread);
  }

  private void readyIfConfirmed(CompletableFuture<Void> first) {
    RedisLink current = link;
    if (restored || current == null || !subscriptions.areConfirmed()) {
      return;
    }
    restored = true;
    connected = true;
    pause.reset();
    if (first.complete(null)) {
      outbox.open(current);
      return;
    }
    log.info("Redis is back after {} ms", lostAt == 0 ? 0 : millisSince(lostAt));
    listener().onConnectionRestored();
    thread.schedule(() -> openOutbox(current), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void openOutbox(RedisLink on) {
    if (link == on) {
      outbox.open(on);
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private BackplaneListener listener() {
    BackplaneListener known = listener;
    if (known == null) {
      throw new IllegalStateException("Expected a started backplane");
    }
    return known;
  }

  private void lose(RedisLink broken, @Nullable Throwable cause, CompletableFuture<Void> first) {
    if (link != broken) {
      return;
    }
    link = null;
    outbox.close();
    broken.close();
    if (connected) {
      connected = false;
      lostAt = System.nanoTime();
      listener().onConnectionLost(cause);
    }
    retry(first);
  }

  /** Both connections must answer, and what was not confirmed is asked for again. */
  private void check() {
    RedisLink current = link;
    if (current == null) {
      return;
    }
    subscribeAll(current);
    current
        .ping()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (answered, error) -> {
              if (error != null) {
                lose(current, error, CompletableFuture.completedFuture(null));
              }
            },
            thread);
  }

  CompletableFuture<Void> subscribe(String channel) {
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    thread.execute(() -> subscribe(channel, confirmed));
    return confirmed;
  }

  private void subscribe(String channel, CompletableFuture<Void> confirmed) {
    RedisLink current = link;
    if (subscriptions.want(channel, confirmed) && current != null) {
      subscriptions.asked(channel);
      current
          .subscribe(List.of(prefix + channel))
          .whenCompleteAsync(
              (done, error) -> {
                if (error != null && link == current) {
                  failed(channel, error);
                }
              },
              thread);
    }
  }

  /**
   * What Redis itself refuses, as when access to the channel is not granted, is given up; what a
   * link has not brought to it is asked for again.
   */
  private void failed(String channel, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof RedisCommandExecutionException) {
      subscriptions.refused(channel, cause);
    }
  }

  CompletableFuture<Void> unsubscribe(String channel) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          RedisLink current = link;
          if (!subscriptions.drop(channel) || current == null) {
            done.complete(null);
          } else {
            unsubscribe(channel, current, done);
          }
        });
    return done;
  }

  private void unsubscribe(String channel, RedisLink on, CompletableFuture<Void> done) {
    subscriptions.askedToEnd(channel);
    on.unsubscribe(prefix + channel)
        .whenComplete(
            (ended, error) -> {
              done.complete(null);
              thread.execute(() -> ended(channel, on));
            });
  }

  /** Comes before the confirmation of what was subscribed since, as Redis answers in order. */
  private void ended(String channel, RedisLink on) {
    if (link == on) {
      subscriptions.ended(channel);
    }
  }

  /** Ends it for good, and its thread with it. */
  CompletableFuture<Void> close() {
    closed = true;
    CompletableFuture<Void> ended = new CompletableFuture<>();
    thread.execute(
        () -> {
          connected = false;
          RedisLink current = link;
          link = null;
          CompletableFuture<Void> closing =
              current == null ? CompletableFuture.completedFuture(null) : current.close();
          closing.whenComplete((done, error) -> ended.complete(null));
          thread.shutdownNow();
        });
    return ended;
  }

  private final class Events implements RedisLink.Events {
    private final RedisLink source;
    private final CompletableFuture<Void> first;

    Events(RedisLink source, CompletableFuture<Void> first) {
      this.source = source;
      this.first = first;
    }

    @Override
    public void message(String channel, byte[] message) {
      if (!closed && channel.startsWith(prefix)) {
        listener().onMessage(channel.substring(prefix.length()), message);
      }
    }

    @Override
    public void subscribed(String channel) {
      thread.execute(() -> confirmed(channel.substring(prefix.length())));
    }

    private void confirmed(String channel) {
      if (link != source) {
        return;
      }
      subscriptions.confirmed(channel);
      readyIfConfirmed(first);
    }

    @Override
    public void unsubscribed(String channel) {
      // Ours are told apart by being unwanted: what is wanted and gone is asked for again.
      thread.execute(
          () -> {
            String name = channel.substring(prefix.length());
            if (link == source && subscriptions.isMissing(name)) {
              subscriptions.asked(name);
              source.subscribe(List.of(channel));
            }
          });
    }

    @Override
    public void lost() {
      thread.execute(() -> lose(source, null, first));
    }
  }
}
