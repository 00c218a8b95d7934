package io.hubbub;

import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.Scheduler;
import io.hubbub.spi.StreamAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The hubs of an application, put together: what a transport serves and where the application gets
 * its {@link HubContext}s.
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class Hubs implements AutoCloseable {
  private Hubs(Builder builder) {
    throw new UnsupportedOperationException("wired by the core runtime " + builder);
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
    throw new UnsupportedOperationException();
  }

  /** The mappings, for transports. */
  public List<HubEndpoint> endpoints() {
    throw new UnsupportedOperationException();
  }

  /** Time, for transports. */
  public Scheduler scheduler() {
    throw new UnsupportedOperationException();
  }

  /** Runs hub methods and what else may block; for transports. */
  public Executor executor() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends all connections in order: no new ones, running calls and streams may finish, every client
   * is told that it may reconnect; what is left after the limit is cut.
   *
   * @return done when no connection is left; never later than a little after the limit
   */
  public CompletionStage<Void> shutdown(Duration limit) {
    throw new UnsupportedOperationException();
  }

  /** Ends everything at once; idempotent. */
  @Override
  public void close() {}

  /** Collects hubs and parts; each method answers the builder. */
  public static final class Builder {
    private Builder() {}

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
      return this;
    }

    /** Changes the options of all hubs; applies to mappings made before, too. */
    public Builder options(Consumer<HubOptions.Builder> options) {
      return this;
    }

    /**
     * Adds a hub protocol, or replaces the one of that name. JSON and MessagePack are there
     * already.
     */
    public Builder protocol(HubProtocol protocol) {
      return this;
    }

    /** Connects this node with others. */
    public Builder backplane(Backplane backplane) {
      return this;
    }

    /**
     * The name under which a hub's messages travel over the backplane, by default the class's full
     * name. To share a hub with .NET nodes it is the .NET class's full name.
     */
    public Builder channelName(Class<? extends BaseHub> hubClass, String name) {
      return this;
    }

    /** Makes hub objects in place of a public or package-private constructor without parameters. */
    public Builder activator(HubActivator activator) {
      return this;
    }

    /**
     * Teaches hub methods the types of another reactive library; those that {@link
     * java.util.ServiceLoader} finds are there already.
     */
    public Builder streamAdapter(StreamAdapter adapter) {
      return this;
    }

    /** Finds users' ids in place of the principal's name. */
    public Builder userIdProvider(UserIdProvider provider) {
      return this;
    }

    /** Registers a policy for {@link Authorize}. */
    public Builder policy(String name, AuthorizationPolicy policy) {
      return this;
    }

    /** Listens to what happens. */
    public Builder events(HubEvents events) {
      return this;
    }

    /**
     * Runs hub methods in place of virtual threads (Java 21 and later) or a bounded pool. Not
     * closed with the hubs.
     */
    public Builder executor(Executor executor) {
      return this;
    }

    /** Replaces time. Not closed with the hubs. */
    public Builder scheduler(Scheduler scheduler) {
      return this;
    }

    /**
     * Puts everything together and looks at every hub class.
     *
     * @throws IllegalArgumentException if a hub, an option or a name cannot be served as it is
     */
    public Hubs build() {
      return new Hubs(this);
    }
  }
}
