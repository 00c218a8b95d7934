package io.hubbub.client.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A future whose {@code …Async} methods run on the connection's callback executor.
 *
 * <p>Threads: any.
 */
class CallbackFuture<T> extends CompletableFuture<T> {
  private final Executor callbacks;

  CallbackFuture(Executor callbacks) {
    this.callbacks = callbacks;
  }

  static <T> CompletableFuture<T> failed(Executor callbacks, Throwable error) {
    CallbackFuture<T> future = new CallbackFuture<>(callbacks);
    future.completeExceptionally(error);
    return future;
  }

  @Override
  public Executor defaultExecutor() {
    return callbacks;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CallbackFuture<>(callbacks);
  }
}
