package io.hubbub.client.internal;

import io.hubbub.client.Registration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application what becomes of its connection.
 *
 * <p>Threads: any; listeners run on the lane of the connection's handlers.
 */
public final class LifecycleEvents {
  private static final Logger log = LoggerFactory.getLogger(LifecycleEvents.class);

  private final Executor lane;
  private final List<Consumer<Optional<Throwable>>> reconnecting = new CopyOnWriteArrayList<>();
  private final List<Consumer<Optional<String>>> reconnected = new CopyOnWriteArrayList<>();
  private final List<Consumer<Optional<Throwable>>> closed = new CopyOnWriteArrayList<>();

  LifecycleEvents(Executor lane) {
    this.lane = lane;
  }

  /** Adds a listener for a lost connection that automatic reconnect takes up. */
  public Registration onReconnecting(Consumer<Optional<Throwable>> listener) {
    return add(reconnecting, listener);
  }

  /** Adds a listener for a connection that came back, under a new id. */
  public Registration onReconnected(Consumer<Optional<String>> listener) {
    return add(reconnected, listener);
  }

  /** Adds a listener for the end. */
  public Registration onClosed(Consumer<Optional<Throwable>> listener) {
    return add(closed, listener);
  }

  private static <T> Registration add(List<Consumer<T>> listeners, Consumer<T> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tellReconnecting(Optional<Throwable> error) {
    tell(reconnecting, error);
  }

  void tellReconnected(Optional<String> connectionId) {
    tell(reconnected, connectionId);
  }

  void tellClosed(Optional<Throwable> error) {
    tell(closed, error);
  }

  private <T> void tell(List<Consumer<T>> listeners, T event) {
    lane.execute(
        () -> {
          for (Consumer<T> listener : listeners) {
            tellOne(listener, event);
          }
        });
  }

  private static <T> void tellOne(Consumer<T> listener, T event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      log.warn("A listener of the connection failed", e);
    }
  }
}
