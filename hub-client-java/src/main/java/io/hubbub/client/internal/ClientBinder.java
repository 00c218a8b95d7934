package io.hubbub.client.internal;

import io.hubbub.protocol.InvocationBinder;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the parser what the handlers and the calls in flight expect. Threads: any. */
final class ClientBinder implements InvocationBinder {
  private final Handlers handlers;
  private final PendingCalls pending;

  ClientBinder(Handlers handlers, PendingCalls pending) {
    this.handlers = handlers;
    this.pending = pending;
  }

  @Override
  public @Nullable List<Type> parameterTypes(String target) {
    return handlers.parameterTypes(target);
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return pending.resultType(invocationId);
  }

  @Override
  public @Nullable Type itemType(String streamId) {
    return pending.itemType(streamId);
  }
}
