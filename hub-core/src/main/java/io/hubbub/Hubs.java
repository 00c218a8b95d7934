package io.hubbub;

import io.hubbub.internal.delivery.Delivery;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.Scheduler;
import io.hubbub.spi.StreamAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hubs of an application, put together: what a transport serves and where the application gets
 * its {@link HubContext}s.
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class Hubs implements AutoCloseable {
  private final HubsAssembly parts;

  private Hubs(HubsAssembly parts) {
    this.parts = parts;
  }

  /** Starts to put hubs together. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A hub as seen from anywhere in the application.
   *
   * @throws IllegalArgumentException if the class is not mapped here
   */
  public <H extends BaseHub> HubContext<H> context(Class<H> hubClass) {
    return Delivery.context(parts.lifetimeOf(hubClass));
  }

  /** The mappings, for transports. */
  public List<HubEndpoint> endpoints() {
    return parts.endpoints();
  }

  /** Time, for transports. */
  public Scheduler scheduler() {
    return parts.scheduler();
  }

  /** Runs hub methods and what else may block; for transports. */
  public Executor executor() {
    return parts.executor();
  }

  /**
   * Ends all connections in order: no new ones, running calls and streams may finish, every client
   * is told that it may reconnect; what is left after the limit is cut.
   *
   * @return done when no connection is left; never later than a little after the limit
   */
  public CompletionStage<Void> shutdown(Duration limit) {
    return parts.shutdown(limit);
  }

  /** Ends everything at once; idempotent. */
  @Override
  public void close() {
    parts.close();
  }

  /** Collects hubs and parts; each method answers the builder. */
  public static final class Builder {
    private static final int HEAP_SHARE_FOR_REPLAY = 8;

    final List<Mapping> mappings = new ArrayList<>();
    final HubOptions.Builder options = HubOptions.builder();
    final Map<String, HubProtocol> protocols = new LinkedHashMap<>();
    final Map<Class<? extends BaseHub>, String> channelNames = new HashMap<>();
    final Map<String, AuthorizationPolicy> policies = new HashMap<>();
    final List<StreamAdapter> streamAdapters = new ArrayList<>();
    @Nullable Backplane backplane;
    @Nullable HubActivator activator;
    UserIdProvider userIds = UserIdProvider.principalName();
    HubEvents events = HubEvents.NONE;
    @Nullable Executor executor;
    @Nullable Scheduler scheduler;
    long statefulReconnectBudget = Runtime.getRuntime().maxMemory() / HEAP_SHARE_FOR_REPLAY;

    private Builder() {
      protocol(JsonHubProtocol.create());
      protocol(MessagePackHubProtocol.create());
    }

    /** Maps a hub at a path with the options of all hubs. */
    public Builder hub(String path, Class<? extends BaseHub> hubClass) {
      return hub(path, hubClass, options -> {});
    }

    /**
     * Maps a hub at a path; a class may be mapped at several.
     *
     * @param path begins with a slash; clients may write it in any case
     * @param options changes a copy of the options of all hubs
     */
    public Builder hub(
        String path, Class<? extends BaseHub> hubClass, Consumer<HubOptions.Builder> options) {
      mappings.add(new Mapping(path, hubClass, options));
      return this;
    }

    /** Changes the options of all hubs; applies to mappings made before, too. */
    public Builder options(Consumer<HubOptions.Builder> options) {
      options.accept(this.options);
      return this;
    }

    /**
     * Adds a hub protocol, or replaces the one of that name. JSON and MessagePack are there
     * already.
     */
    public Builder protocol(HubProtocol protocol) {
      protocols.put(protocol.name().toLowerCase(Locale.ROOT), protocol);
      return this;
    }

    /** Connects this node with others. */
    public Builder backplane(Backplane backplane) {
      this.backplane = backplane;
      return this;
    }

    /**
     * The name under which a hub's messages travel over the backplane, by default the class's full
     * name. To share a hub with .NET nodes it is the .NET class's full name.
     */
    public Builder channelName(Class<? extends BaseHub> hubClass, String name) {
      channelNames.put(hubClass, name);
      return this;
    }

    /** Makes hub objects in place of a public or package-private constructor without parameters. */
    public Builder activator(HubActivator activator) {
      this.activator = activator;
      return this;
    }

    /**
     * Teaches hub methods the types of another reactive library. Those that {@link
     * java.util.ServiceLoader} finds are there already, and so are Reactor, RxJava 3 and {@code
     * org.reactivestreams.Publisher} where an application has them.
     */
    public Builder streamAdapter(StreamAdapter adapter) {
      streamAdapters.add(adapter);
      return this;
    }

    /** Finds users' ids in place of the principal's name. */
    public Builder userIdProvider(UserIdProvider provider) {
      this.userIds = provider;
      return this;
    }

    /** Registers a policy for {@link Authorize}. */
    public Builder policy(String name, AuthorizationPolicy policy) {
      policies.put(name, policy);
      return this;
    }

    /** Listens to what happens. */
    public Builder events(HubEvents events) {
      this.events = events;
      return this;
    }

    /**
     * Runs hub methods in place of virtual threads (Java 21 and later) or a bounded pool. Not
     * closed with the hubs.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /** Replaces time. Not closed with the hubs. */
    public Builder scheduler(Scheduler scheduler) {
      this.scheduler = scheduler;
      return this;
    }

    /**
     * How many bytes all connections together may keep for clients that come back after a lost
     * socket; what one may keep is {@link HubOptions.Builder#statefulReconnectBufferSize}. When
     * they are used up, every connection still keeps one message, and the next ones wait for its
     * acknowledgement. Default: an eighth of the heap.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder statefulReconnectBudget(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "Expected statefulReconnectBudget to be 0 or more bytes, but was " + bytes);
      }
      statefulReconnectBudget = bytes;
      return this;
    }

    /**
     * Puts everything together and looks at every hub class.
     *
     * <p>Waits until the backplane is connected, or goes on trying in the background.
     *
     * @throws IllegalArgumentException if a hub, an option or a name cannot be served as it is
     * @throws IllegalStateException if the backplane gives up
     */
    public Hubs build() {
      return new Hubs(HubsAssembly.of(this));
    }

    /** One call of {@link #hub}. */
    record Mapping(
        String path, Class<? extends BaseHub> hubClass, Consumer<HubOptions.Builder> options) {}
  }
}
