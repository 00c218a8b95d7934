package io.hubbub.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.hubbub.ClientProxy;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.HubLifetimeManager;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The clients of an audience.
 *
 * <p>Threads: immutable; any.
 */
record AudienceProxy(HubLifetimeManager manager, Audience audience) implements ClientProxy {
  @Override
  public CompletionStage<Void> send(String method, @Nullable Object... arguments) {
    requireNonNull(method, "method");
    requireNonNull(arguments, "arguments");
    return manager.send(audience, InvocationMessage.of(null, method, arguments));
  }
}
