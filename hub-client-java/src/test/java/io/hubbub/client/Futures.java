package io.hubbub.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waiting with a limit. */
final class Futures {
  private static final int SECONDS = 20;

  private Futures() {}

  static <T> T get(CompletableFuture<T> future) {
    return future.copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  static Throwable failure(CompletableFuture<?> future) {
    try {
      Object value = get(future);
      throw new AssertionError("Expected a failure, but got " + value);
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
