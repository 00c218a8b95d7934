package io.hubbub;

import io.hubbub.Hubs.Builder.Mapping;
import io.hubbub.internal.connection.ConnectionTable;
import io.hubbub.internal.connection.GracefulShutdown;
import io.hubbub.internal.connection.GuardedEvents;
import io.hubbub.internal.connection.HubExecutor;
import io.hubbub.internal.connection.HubMapping;
import io.hubbub.internal.connection.ProtocolTable;
import io.hubbub.internal.connection.ServerParts;
import io.hubbub.internal.connection.SystemScheduler;
import io.hubbub.internal.delivery.Delivery;
import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.internal.dispatch.DispatcherBuilder;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts behind {@link Hubs}, and the only place where they are joined.
 *
 * <p>Threads: built by one; then immutable but for the parts' own state.
 */
final class HubsAssembly {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Scheduler scheduler;
  private final Executor executor;
  private final Executor answers;
  private final HubEvents events;
  private final Map<Class<? extends BaseHub>, HubLifetimeManager> lifetimes = new HashMap<>();
  private final List<ConnectionTable> tables = new ArrayList<>();
  private final List<HubEndpoint> endpoints = new ArrayList<>();
  private final GracefulShutdown shutdown;
  private final Scheduler.Task tick;

  /** Ends what was made here and not given by the application; what was made last ends first. */
  private final Deque<Runnable> ownParts = new ArrayDeque<>();

  private HubsAssembly(Hubs.Builder builder) {
    scheduler = schedulerOf(builder);
    executor = builder.executor == null ? own(HubExecutor.forMethods()) : builder.executor;
    answers = orAtOnce(own(HubExecutor.forAnswers()));
    events = new GuardedEvents(builder.events);
    ServerParts parts =
        new ServerParts(
            executor,
            answers,
            scheduler,
            events,
            builder.userIds,
            new ReplayBuffer.Budget(builder.statefulReconnectBudget));
    BackplaneNode node = join(builder);
    for (Mapping mapping : builder.mappings) {
      lifetimes.computeIfAbsent(mapping.hubClass(), hub -> newLifetime(hub, builder, node));
      map(mapping, builder, parts);
    }
    start(node);
    shutdown = new GracefulShutdown(tables, scheduler);
    tick = scheduler.repeat(TICK, () -> tables.forEach(ConnectionTable::tick));
  }

  /**
   * Joins the parts.
   *
   * @throws IllegalArgumentException if something cannot be served as it is
   */
  static HubsAssembly of(Hubs.Builder builder) {
    checkPaths(builder.mappings);
    checkChannelNames(builder);
    return new HubsAssembly(builder);
  }

  private Scheduler schedulerOf(Hubs.Builder builder) {
    Scheduler given = builder.scheduler;
    if (given != null) {
      return given;
    }
    Scheduler own = new SystemScheduler();
    ownParts.push(own::close);
    return own;
  }

  private Executor own(ExecutorService made) {
    ownParts.push(made::shutdown);
    return made;
  }

  /** What is still to be told when the hubs are closed is told by whoever brings it. */
  private static Executor orAtOnce(Executor whileOpen) {
    return task -> {
      try {
        whileOpen.execute(task);
      } catch (RejectedExecutionException closed) {
        task.run();
      }
    };
  }

  private void map(Mapping mapping, Hubs.Builder builder, ServerParts parts) {
    Class<? extends BaseHub> hubClass = mapping.hubClass();
    HubOptions.Builder own = builder.options.build().toBuilder();
    mapping.options().accept(own);
    HubOptions options = own.build();
    HubLifetimeManager lifetime = lifetimeOf(hubClass);
    DispatcherBuilder dispatcher =
        new DispatcherBuilder(hubClass, options, executor, lifetime)
            .policies(builder.policies)
            .streamAdapters(builder.streamAdapters);
    HubActivator activator = builder.activator;
    if (activator != null) {
      dispatcher.activator(activator);
    }
    ProtocolTable protocols =
        ProtocolTable.of(builder.protocols.values(), options.supportedProtocols());
    ConnectionTable table =
        new ConnectionTable(
            new HubMapping(hubClass, options, protocols, dispatcher.build(), lifetime), parts);
    tables.add(table);
    endpoints.add(
        new HubEndpoint(mapping.path(), hubClass, options, table, dispatcher.endpointAccess()));
  }

  private HubLifetimeManager newLifetime(
      Class<? extends BaseHub> hubClass, Hubs.Builder builder, @Nullable BackplaneNode node) {
    HubLifetimeManager lifetime =
        node == null
            ? Delivery.inMemory(answers)
            : node.addHub(
                builder.channelNames.getOrDefault(hubClass, hubClass.getName()),
                List.copyOf(builder.protocols.values()));
    if (TypedHub.class.isAssignableFrom(hubClass)) {
      Delivery.clients(lifetime).typed(TypedHubs.clientInterface(hubClass));
    }
    return lifetime;
  }

  private @Nullable BackplaneNode join(Hubs.Builder builder) {
    Backplane backplane = builder.backplane;
    if (backplane == null) {
      return null;
    }
    BackplaneNode node = new BackplaneNode(backplane, scheduler, events, answers);
    ownParts.push(node::close);
    return node;
  }

  private void start(@Nullable BackplaneNode node) {
    if (node == null) {
      return;
    }
    try {
      node.start().toCompletableFuture().join();
    } catch (CompletionException e) {
      ownParts.forEach(Runnable::run);
      throw new IllegalStateException("The backplane could not be started", e.getCause());
    }
  }

  private static void checkPaths(List<Mapping> mappings) {
    Set<String> taken = new HashSet<>();
    for (Mapping mapping : mappings) {
      String path = mapping.path();
      if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
        throw new IllegalArgumentException(
            "Expected a hub's path to begin with '/' and to have no query, but found '"
                + path
                + "' for "
                + mapping.hubClass().getName());
      }
      if (!taken.add(path.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "Expected every path to be mapped once, whatever its case, but '"
                + path
                + "' is mapped again for "
                + mapping.hubClass().getName());
      }
    }
  }

  private static void checkChannelNames(Hubs.Builder builder) {
    for (Class<? extends BaseHub> named : builder.channelNames.keySet()) {
      if (builder.mappings.stream().noneMatch(mapping -> mapping.hubClass() == named)) {
        throw new IllegalArgumentException(
            "Expected channelName to name a mapped hub, but " + named.getName() + " is none");
      }
    }
  }

  HubLifetimeManager lifetimeOf(Class<? extends BaseHub> hubClass) {
    HubLifetimeManager lifetime = lifetimes.get(hubClass);
    if (lifetime == null) {
      throw new IllegalArgumentException(
          "Expected one of the mapped hubs, but " + hubClass.getName() + " is none of them");
    }
    return lifetime;
  }

  List<HubEndpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Executor executor() {
    return executor;
  }

  CompletionStage<Void> shutdown(Duration limit) {
    return shutdown.begin(limit);
  }

  void close() {
    tick.cancel();
    // The hubs still say goodbye on the executor, so it ends after the last connection.
    shutdown
        .cut()
        .toCompletableFuture()
        .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((empty, late) -> ownParts.forEach(Runnable::run));
  }
}
