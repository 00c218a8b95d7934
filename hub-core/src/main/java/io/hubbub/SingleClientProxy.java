package io.hubbub;

import io.hubbub.protocol.TypeReference;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client, which can also be asked for an answer.
 *
 * <p>Threads: any. A hub method may wait for its own caller's answer, also when calls run one at a
 * time.
 */
public interface SingleClientProxy extends ClientProxy {
  /**
   * Calls a handler on this client and waits for its result. There is no time limit but the
   * caller's own ({@code orTimeout}); cancelling the future gives up waiting, the client is not
   * told.
   *
   * @param resultType the result's type, for generic types as a {@link
   *     java.lang.reflect.ParameterizedType}
   * @param method the handler's name
   * @param arguments its arguments
   * @return the answer; failed with {@link HubException} when the client answers an error or
   *     nothing, with {@link ConnectionClosedException} when there is no such connection or it ends
   *     meanwhile
   */
  CompletableFuture<@Nullable Object> invokeFor(
      Type resultType, String method, @Nullable Object... arguments);

  /** {@link #invokeFor} with a class. */
  @SuppressWarnings("unchecked")
  default <T> CompletableFuture<T> invoke(
      Class<T> resultType, String method, @Nullable Object... arguments) {
    return (CompletableFuture<T>) (CompletableFuture<?>) invokeFor(resultType, method, arguments);
  }

  /** {@link #invokeFor} with a generic type. */
  @SuppressWarnings("unchecked")
  default <T> CompletableFuture<T> invoke(
      TypeReference<T> resultType, String method, @Nullable Object... arguments) {
    return (CompletableFuture<T>)
        (CompletableFuture<?>) invokeFor(resultType.type(), method, arguments);
  }
}
