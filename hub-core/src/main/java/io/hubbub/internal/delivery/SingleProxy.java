package io.hubbub.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.hubbub.SingleClientProxy;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.HubLifetimeManager;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client.
 *
 * <p>Threads: immutable; any.
 *
 * @param beforeResult told the connection's id before a result is asked for; what it throws fails
 *     the future
 */
record SingleProxy(HubLifetimeManager manager, String connectionId, Consumer<String> beforeResult)
    implements SingleClientProxy {
  @Override
  public CompletionStage<Void> send(String method, @Nullable Object... arguments) {
    requireNonNull(method, "method");
    requireNonNull(arguments, "arguments");
    return manager.send(
        new Audience.Connections(Set.of(connectionId)),
        InvocationMessage.of(null, method, arguments));
  }

  @Override
  public CompletableFuture<@Nullable Object> invokeFor(
      Type resultType, String method, @Nullable Object... arguments) {
    requireNonNull(resultType, "resultType");
    requireNonNull(method, "method");
    requireNonNull(arguments, "arguments");
    try {
      beforeResult.accept(connectionId);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return manager.invoke(connectionId, resultType, method, arguments);
  }
}
