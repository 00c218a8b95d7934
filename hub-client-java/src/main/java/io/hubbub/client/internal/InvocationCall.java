package io.hubbub.client.internal;

import io.hubbub.client.InvocationFailedException;
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
  private final Runnable forget;

  /**
   * @param forget takes the call off the list of those that wait
   */
  InvocationCall(String target, Type resultType, Executor callbacks, Runnable forget) {
    super(callbacks);
    this.target = target;
    this.resultType = resultType;
    this.forget = forget;
  }

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
    completeExceptionally(
        new InvocationFailedException(
            target, "Unexpected message type: 2. Streaming hub methods are called with stream()."));
  }

  @Override
  @SuppressWarnings("unchecked") // the protocol made the result of the type that the caller gave
  public void onCompletion(CompletionMessage completion) {
    String error = completion.error();
    if (error != null) {
      super.completeExceptionally(new InvocationFailedException(target, error));
    } else {
      super.complete((T) completion.result());
    }
  }

  @Override
  public void onConnectionLost(Throwable reason) {
    super.completeExceptionally(reason);
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
