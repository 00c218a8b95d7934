package io.hubbub.backplane.redis;

import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the nodes of hubs through Redis publish and subscribe, in the format of Microsoft's
 * backplane: Java and .NET nodes can serve one hub together. Two connections serve all hubs.
 *
 * <p>While Redis is away, each node goes on serving its own connections. What it publishes then
 * waits, up to a limit, and is sent when Redis is back; what other nodes published meanwhile, and
 * what was on its way when the connection broke, is lost and counted.
 *
 * <p>Threads: any; no method waits for the network. Messages arrive on Lettuce's threads.
 */
public final class RedisBackplane implements Backplane {
  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private final RedisSettings settings;
  private final RedisConnector connector;
  private final Outbox outbox;
  private final RedisSession session;
  private volatile boolean closed;

  private RedisBackplane(RedisSettings settings) {
    this.settings = settings;
    this.connector = new RedisConnector(settings);
    this.outbox = new Outbox(settings.outgoingBytes(), settings.outgoingMessages());
    this.session =
        new RedisSession(
            connector, outbox, newThread(), settings.channelPrefix(), settings.connectTimeout());
  }

  private static ScheduledExecutorService newThread() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread made = Executors.defaultThreadFactory().newThread(task);
          made.setName("hubbub-redis");
          made.setDaemon(true);
          return made;
        },
        // What Lettuce still reports after the end interests nobody.
        new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * A backplane with the defaults; it connects when the hubs are built.
   *
   * @param servers {@code host:port}, Redis URIs, or a connection string of StackExchange.Redis
   * @throws IllegalArgumentException if it is none of them
   */
  public static RedisBackplane connect(String servers) {
    return builder(servers).build();
  }

  /**
   * Starts to describe a backplane.
   *
   * @param servers as in {@link #connect}
   * @throws IllegalArgumentException if it is no description of servers
   */
  public static Builder builder(String servers) {
    return new Builder(servers);
  }

  @Override
  public CompletionStage<Void> start(BackplaneListener listener) {
    CompletableFuture<Void> first = session.start(listener);
    if (settings.requiredAtStart()) {
      return first.whenComplete((done, error) -> closeAfter(error));
    }
    return first.exceptionally(
        error -> {
          log.warn(
              "Redis cannot be reached; this node serves its own connections and goes on trying. To refuse to start instead: RedisBackplane.Builder.requiredAtStart",
              error);
          return null;
        });
  }

  private void closeAfter(@Nullable Throwable error) {
    if (error != null) {
      close();
    }
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] message) {
    if (closed) {
      return CompletableFuture.failedStage(closedError());
    }
    CompletableFuture<Long> published = outbox.publish(settings.channelPrefix() + channel, message);
    return settings.countsReceivers()
        ? published
        : published.thenApply(receivers -> UNKNOWN_RECEIVERS);
  }

  private static IllegalStateException closedError() {
    return new IllegalStateException("Expected an open backplane, but it was closed");
  }

  @Override
  public CompletionStage<Void> subscribe(String channel) {
    return closed ? CompletableFuture.failedStage(closedError()) : session.subscribe(channel);
  }

  @Override
  public CompletionStage<Void> unsubscribe(String channel) {
    return closed ? CompletableFuture.completedStage(null) : session.unsubscribe(channel);
  }

  @Override
  public boolean isConnected() {
    return session.isConnected() && !closed;
  }

  /** How long Redis took to confirm the latest message; empty before the first. */
  public Optional<Duration> lastPublishLatency() {
    long nanos = outbox.lastLatencyNanos();
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  /**
   * How many of this node's messages Redis has not confirmed: refused because the limit was
   * reached, or on their way when the connection broke. Some of the latter may have arrived.
   */
  public long lostMessages() {
    return outbox.lost();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    outbox.fail(closedError());
    session.close().thenRun(connector::close);
  }

  /** Describes a backplane; each method answers the builder. Threads: one at a time. */
  public static final class Builder {
    private final List<RedisURI> servers;
    private String channelPrefix;
    private boolean requiredAtStart;
    private Duration connectTimeout;
    private boolean cluster;
    private boolean sharded;
    private long outgoingBytes = 64L * 1024 * 1024;
    private int outgoingMessages = 100_000;
    private Optional<Path> trusted = Optional.empty();

    private Builder(String text) {
      ConnectionString parsed = ConnectionString.parse(text);
      this.servers = parsed.servers();
      this.channelPrefix = parsed.channelPrefix().orElse("");
      this.requiredAtStart = parsed.requiredAtStart().orElse(false);
      this.connectTimeout = parsed.connectTimeout().orElse(Duration.ofSeconds(5));
    }

    /**
     * Text put before every channel as it is, so that several applications can share a Redis. It
     * must be the same on all nodes. Default: none.
     */
    public Builder channelPrefix(String prefix) {
      channelPrefix = prefix;
      return this;
    }

    /** The password of the default user. */
    public Builder password(String password) {
      servers.forEach(uri -> ConnectionString.authenticate(uri, null, password));
      return this;
    }

    /** A user and its password. */
    public Builder credentials(String user, String password) {
      servers.forEach(uri -> ConnectionString.authenticate(uri, user, password));
      return this;
    }

    /**
     * Encrypts the connections, those to sentinels as well, and checks the server's name. Default:
     * as the servers' text says.
     */
    public Builder tls(boolean on) {
      servers.forEach(uri -> ConnectionString.encrypt(uri, on));
      return this;
    }

    /** Certificates (PEM) to trust in place of the platform's. */
    public Builder trustedCertificates(Path file) {
      trusted = Optional.of(file);
      return this;
    }

    /**
     * The servers are sentinels: they are asked for the master of this name, again after each loss.
     */
    public Builder sentinel(String masterName) {
      RedisURI first = servers.get(0);
      if (!first.getSentinels().isEmpty()) {
        first.setSentinelMasterId(masterName);
        return this;
      }
      RedisURI.Builder sentinels = RedisURI.builder().withSentinelMasterId(masterName);
      servers.forEach(uri -> sentinels.withSentinel(uri.getHost(), uri.getPort()));
      RedisURI master = sentinels.build();
      ConnectionString.encrypt(master, first.isSsl());
      master.setCredentialsProvider(first.getCredentialsProvider());
      servers.clear();
      servers.add(master);
      return this;
    }

    /** The servers form a cluster. One that answers is enough to find the others. */
    public Builder cluster() {
      cluster = true;
      return this;
    }

    /**
     * Uses {@code SSUBSCRIBE} and {@code SPUBLISH} (Redis 7): in a cluster a message goes only to
     * the shard of its channel. Nodes that use it and nodes that do not, .NET's among them, do not
     * hear each other. Default: off.
     */
    public Builder shardedPubSub(boolean on) {
      sharded = on;
      return this;
    }

    /**
     * Whether hubs refuse to start without Redis; otherwise they warn and go on trying. Default:
     * false, or what {@code abortConnect} in a connection string says.
     */
    public Builder requiredAtStart(boolean required) {
      requiredAtStart = required;
      return this;
    }

    /**
     * How long a connection may take to be made, and a living one to show it. Default: 5 seconds.
     */
    public Builder connectTimeout(Duration timeout) {
      if (timeout.toMillis() <= 0) {
        throw new IllegalArgumentException("Expected a time-out above zero, but found " + timeout);
      }
      connectTimeout = timeout;
      return this;
    }

    /**
     * How much may wait for Redis or be on its way to it; further messages are refused. Default: 64
     * MB and 100,000 messages.
     */
    public Builder outgoingLimit(long bytes, int messages) {
      if (bytes <= 0 || messages <= 0) {
        throw new IllegalArgumentException(
            "Expected limits above zero, but found " + bytes + " bytes, " + messages + " messages");
      }
      outgoingBytes = bytes;
      outgoingMessages = messages;
      return this;
    }

    /** The backplane; it connects when the hubs are built. */
    public RedisBackplane build() {
      servers.forEach(this::limitTime);
      return new RedisBackplane(
          new RedisSettings(
              List.copyOf(servers),
              channelPrefix,
              cluster,
              sharded,
              requiredAtStart,
              connectTimeout,
              outgoingBytes,
              outgoingMessages,
              trusted.map(Path::toFile)));
    }

    /** What has accepted a connection and is silent must not hold up the next attempt. */
    private void limitTime(RedisURI uri) {
      uri.setTimeout(connectTimeout);
      uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(connectTimeout));
    }
  }
}
