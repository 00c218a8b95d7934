package io.hubbub.interop.client;

import io.hubbub.client.HubConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a client must be able to do with a server.
 *
 * @param name what it shows
 * @param path the hub that it needs
 * @param body does it, and throws if it cannot
 */
record Check(String name, String path, Body body) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static Check of(String name, Body body) {
    return new Check(name, "/conformance", body);
  }

  static Check on(String path, String name, Body body) {
    return new Check(name, path, body);
  }

  /** What is done with the connections that it makes. */
  @FunctionalInterface
  interface Body {
    void run(CheckSession session) throws Exception;
  }

  /** What a future brings, within a limit. */
  static <T> T get(CompletableFuture<T> future) {
    return get(future, PATIENCE);
  }

  /** The same within another limit. */
  static <T> T get(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("Expected an answer within " + patience, e);
    }
  }

  static void equal(Object expected, @Nullable Object actual) {
    if (!Objects.deepEquals(expected, actual)) {
      throw new IllegalStateException("Expected " + expected + ", but got " + actual);
    }
  }

  /** The exception with which a future fails. */
  static Throwable failure(CompletableFuture<?> future) {
    try {
      Object value = get(future);
      throw new IllegalStateException("Expected a failure, but got " + value);
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  /** What an exception says; empty where it says nothing. */
  static String message(Throwable error) {
    return Objects.requireNonNullElse(error.getMessage(), "");
  }

  static HubConnection started(HubConnection connection) {
    get(connection.start());
    return connection;
  }
}
