package io.hubbub.internal.connection;

import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ends all connections of a server in order: no new connections and calls; a connection on which
 * nothing runs is told goodbye; at the limit all others are; a little later they are cut.
 *
 * <p>Threads: any.
 */
public final class GracefulShutdown {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final List<ConnectionTable> tables;
  private final Scheduler scheduler;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Guarded by this. */
  private Scheduler.@Nullable Task look;

  /** Guarded by this. */
  private boolean begun;

  /**
   * @param tables the connections of all hubs
   * @param scheduler time
   */
  public GracefulShutdown(List<ConnectionTable> tables, Scheduler scheduler) {
    this.tables = tables;
    this.scheduler = scheduler;
  }

  /**
   * Begins to end all connections; a second call changes nothing.
   *
   * @param limit how long running calls and streams may take
   * @return done when no connection is left, or a second after the limit
   */
  public CompletionStage<Void> begin(Duration limit) {
    if (first()) {
      tables.forEach(ConnectionTable::drain);
      allEmptied().whenComplete((empty, none) -> done.complete(null));
      closeQuiet();
      synchronized (this) {
        look = scheduler.repeat(LOOK, this::closeQuiet);
      }
      scheduler.schedule(limit, () -> tables.forEach(ConnectionTable::closeAll));
      scheduler.schedule(limit.plus(FAREWELL), () -> tables.forEach(ConnectionTable::abortAll));
      scheduler.schedule(limit.plus(FAREWELL).plus(FAREWELL), () -> done.complete(null));
      done.whenComplete((over, none) -> stopLooking());
    }
    return done.minimalCompletionStage();
  }

  private synchronized boolean first() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  private void closeQuiet() {
    tables.forEach(ConnectionTable::closeQuiet);
  }

  private synchronized void stopLooking() {
    if (look != null) {
      look.cancel();
    }
  }

  /**
   * Ends all connections now.
   *
   * @return done when no connection is left
   */
  public CompletionStage<Void> cut() {
    tables.forEach(ConnectionTable::closeAll);
    tables.forEach(ConnectionTable::abortAll);
    return allEmptied();
  }

  private CompletionStage<Void> allEmptied() {
    return CompletableFuture.allOf(
        tables.stream()
            .map(table -> table.emptied().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }
}
