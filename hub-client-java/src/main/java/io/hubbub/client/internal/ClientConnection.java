package io.hubbub.client.internal;

import io.hubbub.client.ConnectFailedException;
import io.hubbub.client.HubConnectionState;
import io.hubbub.client.RetryPolicy;
import io.hubbub.client.internal.transport.ConnectAttempt;
import io.hubbub.client.internal.transport.Failures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A connection over its whole life: starts it, brings it back when it is lost, stops it.
 *
 * <p>Threads: any. Which step is whose is decided by {@link ConnectionState}.
 */
public final class ClientConnection {
  private final ConnectionSettings settings;
  private final ClientRuntime runtime;
  private final ConnectionState state = new ConnectionState();
  private final Handlers handlers = new Handlers();
  private final LifecycleEvents events;
  private final LinkMaker maker;

  /**
   * @param settings what was chosen for it
   * @param runtime what it shares with others
   */
  public ClientConnection(ConnectionSettings settings, ClientRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    SerialExecutor lane = new SerialExecutor(settings.callbacks());
    this.events = new LifecycleEvents(lane);
    this.maker = new LinkMaker(settings, runtime, handlers, lane);
  }

  /** Where it stands. */
  public HubConnectionState state() {
    return state.current();
  }

  /** The id that the server knows it by; empty while not connected or without negotiation. */
  public Optional<String> connectionId() {
    return state.connectedLink().flatMap(Link::connectionId);
  }

  /** What becomes of it. */
  public LifecycleEvents events() {
    return events;
  }

  /** The calls that the server can make. */
  public ClientMethods methods() {
    return new ClientMethods(handlers);
  }

  /** The calls that the application can make. */
  public HubCaller caller() {
    return new HubCaller(state::connectedLink, settings, runtime.callbacks());
  }

  /** Connects. */
  public CompletableFuture<Void> start() {
    CallbackFuture<Void> started = new CallbackFuture<>(settings.callbacks());
    ConnectAttempt attempt =
        new ConnectAttempt(
            () ->
                started.completeExceptionally(
                    new ConnectFailedException("The connection was stopped before it was made.")));
    if (!state.beginStart(attempt)) {
      started.completeExceptionally(
          new IllegalStateException(
              "Cannot start a HubConnection that is not in the 'Disconnected' state."));
      return started;
    }
    maker
        .make(attempt)
        .whenComplete(
            (link, error) -> {
              if (link == null) {
                state.gaveUp(attempt);
                later(() -> started.completeExceptionally(Failures.unwrap(error)));
              } else if (adopt(attempt, link)) {
                later(() -> started.complete(null));
                watch(link);
              }
            });
    return started;
  }

  /** Completes a future where its dependents may block, which the sockets' own threads must not. */
  private void later(Runnable completion) {
    runtime.callbacks().execute(completion);
  }

  /** Takes a new link into use, or throws it away if the application has stopped meanwhile. */
  private boolean adopt(ConnectAttempt attempt, Link link) {
    if (state.connected(attempt, link)) {
      return true;
    }
    link.end(LinkEnd.STOPPED);
    return false;
  }

  private void watch(Link link) {
    link.ended()
        .thenAccept(end -> lost(link, end))
        .whenComplete((done, error) -> link.noted().complete(null));
  }

  private void lost(Link link, LinkEnd end) {
    RetryPolicy policy = settings.retries();
    Optional<Throwable> error = Optional.ofNullable(end.error());
    if (policy != null && end.mayReconnect()) {
      CompletableFuture<Void> told = new CompletableFuture<>();
      ConnectAttempt attempt =
          new ConnectAttempt(() -> told.thenRun(() -> events.tellClosed(Optional.empty())));
      Reconnector reconnector = new Reconnector(maker, runtime, policy, attempt, error);
      Optional<Duration> delay = reconnector.nextDelay();
      if (delay.isPresent() && state.beginReconnect(link, attempt)) {
        events.tellReconnecting(error);
        // Only now may a stop be told of, which can have come since the step before.
        told.complete(null);
        reconnect(reconnector, attempt, delay.get());
        return;
      }
    }
    if (state.closed(link)) {
      events.tellClosed(error);
    }
  }

  private void reconnect(Reconnector reconnector, ConnectAttempt attempt, Duration delay) {
    reconnector
        .run(delay)
        .whenComplete(
            (link, error) -> {
              if (link == null) {
                if (state.gaveUp(attempt)) {
                  events.tellClosed(Optional.of(Failures.unwrap(error)));
                }
              } else if (adopt(attempt, link)) {
                events.tellReconnected(link.connectionId());
                watch(link);
              }
            });
  }

  /** Ends it, whatever it is doing. */
  public CompletableFuture<Void> stop() {
    ConnectionState.Stop stop = state.stop();
    stop.attempt().ifPresent(ConnectAttempt::cancel);
    CallbackFuture<Void> stopped = new CallbackFuture<>(settings.callbacks());
    stop.link()
        .ifPresentOrElse(
            link -> {
              link.stop();
              // Whoever is told that it has stopped can start it again. Whoever adopted the
              // link tells of its end, after all that is to be told before.
              link.noted().thenRun(() -> later(() -> stopped.complete(null)));
            },
            () -> stopped.complete(null));
    return stopped;
  }

  /** Shows the server a fresh access token for the connection that is open. */
  public CompletableFuture<Void> refreshAuthentication() {
    return state
        .connectedLink()
        .map(link -> link.renewal().renewNow())
        .orElseGet(() -> HubCaller.notConnected(settings.callbacks()));
  }
}
