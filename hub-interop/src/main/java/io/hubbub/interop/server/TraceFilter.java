package io.hubbub.interop.server;

import io.hubbub.BaseHub;
import io.hubbub.HubException;
import io.hubbub.HubFilter;
import io.hubbub.HubInvocation;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Leaves traces of itself in texts, connects and one refusal. Threads: the hubs'. */
final class TraceFilter implements HubFilter {
  @Override
  public CompletionStage<@Nullable Object> invoke(HubInvocation invocation, InvocationStep next)
      throws Exception {
    String name = nameOf(invocation);
    if (name.equals("DoNothing")) {
      throw new HubException("filtered");
    }
    return next.proceed(invocation)
        .thenApply(
            result -> textIn(result) instanceof String text ? "[" + name + "] " + text : result);
  }

  @Override
  public void onConnected(BaseHub hub, ConnectedStep next) throws Exception {
    ConformanceHub here = (ConformanceHub) hub;
    here.sendCaller("before").toCompletableFuture().join();
    next.proceed();
    here.sendCaller("after").toCompletableFuture().join();
  }

  private static @Nullable Object textIn(@Nullable Object result) {
    return result instanceof Optional<?> some ? some.orElse(null) : result;
  }

  /** The method's name as C# would have it. */
  private static String nameOf(HubInvocation invocation) {
    String name = invocation.methodName();
    return name.equals("onlyForUsers")
        ? "Protected"
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
