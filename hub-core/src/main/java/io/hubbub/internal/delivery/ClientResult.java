package io.hubbub.internal.delivery;

import io.hubbub.ConnectionClosedException;
import io.hubbub.HubException;
import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its client's answer.
 *
 * <p>Threads: any. What the application has attached to the future runs on the executor, never on
 * the thread that received the answer.
 */
public final class ClientResult implements PendingResults.Receiver {
  private final Type resultType;
  private final Executor executor;
  private final CompletableFuture<@Nullable Object> future = new CompletableFuture<>();

  /**
   * @param resultType what the answer is read as
   * @param executor completes the future; must not be a pool whose threads may all be waiting for
   *     such futures
   */
  public ClientResult(Type resultType, Executor executor) {
    this.resultType = resultType;
    this.executor = executor;
  }

  /** The answer; cancelling it gives up waiting. */
  public CompletableFuture<@Nullable Object> future() {
    return future;
  }

  @Override
  public Type resultType() {
    return resultType;
  }

  @Override
  public void completed(CompletionMessage completion) {
    String error = completion.error();
    if (error != null) {
      fail(new HubException(error));
    } else if (!completion.hasResult()) {
      fail(new HubException("Client returned no result"));
    } else {
      executor.execute(() -> future.complete(completion.result()));
    }
  }

  @Override
  public void disconnected(String connectionId) {
    fail(disconnectedError(connectionId));
  }

  /** Ends the wait with an error. */
  public void fail(Throwable cause) {
    executor.execute(() -> future.completeExceptionally(cause));
  }

  /** What waiting for a connection that is not here fails with. */
  public static ConnectionClosedException unknownError(String connectionId) {
    return new ConnectionClosedException("Connection '" + connectionId + "' does not exist.");
  }

  /** What waiting for a connection that has left fails with. */
  public static ConnectionClosedException disconnectedError(String connectionId) {
    return new ConnectionClosedException("Connection '" + connectionId + "' disconnected.");
  }
}
