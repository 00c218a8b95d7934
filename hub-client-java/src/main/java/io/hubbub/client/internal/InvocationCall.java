package io.hubbub.client.internal;

import io.hubbub.client.InvocationFailedException;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A call with one result, and the future that the caller holds. Whatever ends the future, also the
 * caller's own cancel or time limit, ends the waiting; the server is not told, as with the official
 * clients.
 *
 * <p>Threads: any.
 */
final class InvocationCall<T> extends CallbackFuture<T> implements PendingCall {
  private final String target;
  private final Type resultType;
  private final Executor completions;
  private final Runnable forget;

  /**
   * @param completions completes the future, so that its dependents never hold up the connection
   * @param forget takes the call off the list of those that wait
   */
  InvocationCall(CallRequest request, Executor callbacks, Executor completions, Runnable forget) {
    super(callbacks);
    this.target = request.target();
    this.resultType = request.resultType();
    this.completions = completions;
    this.forget = forget;
  }

  /** What is called, and for what. */
  record CallRequest(String target, Type resultType) {}

  @Override
  public @Nullable Type resultType() {
    return resultType == Void.class || resultType == void.class ? null : resultType;
  }

  /** Something that takes everything: an item is an error here, not a broken message. */
  @Override
  public Type itemType() {
    return Object.class;
  }

  @Override
  public void onItem(@Nullable Object item) {
    forget.run();
    fail(
        new InvocationFailedException(
            target, "Unexpected message type: 2. Streaming hub methods are called with stream()."));
  }

  @Override
  @SuppressWarnings("unchecked") // the protocol made the result of the type that the caller gave
  public void onCompletion(CompletionMessage completion) {
    String error = Failures.said(completion.error());
    if (error != null) {
      fail(new InvocationFailedException(target, error));
    } else {
      completions.execute(() -> super.complete((T) completion.result()));
    }
  }

  private void fail(Throwable reason) {
    completions.execute(() -> super.completeExceptionally(reason));
  }

  @Override
  public void onConnectionLost(Throwable reason) {
    fail(reason);
  }

  @Override
  public boolean complete(T value) {
    forget.run();
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    forget.run();
    return super.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    forget.run();
    return super.cancel(mayInterruptIfRunning);
  }
}
