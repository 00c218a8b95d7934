package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.HubFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a hub, composed: the first is outermost.
 *
 * <p>Threads: immutable; any.
 */
final class FilterChain {
  private final List<HubFilter> filters;

  FilterChain(List<HubFilter> filters) {
    this.filters = filters;
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /** Puts the filters around the call of one method; done once per method. */
  HubFilter.InvocationStep around(HubFilter.InvocationStep method) {
    HubFilter.InvocationStep step = method;
    for (int i = filters.size() - 1; i >= 0; i--) {
      HubFilter filter = filters.get(i);
      HubFilter.InvocationStep next = step;
      step = invocation -> filter.invoke(invocation, next);
    }
    return step;
  }

  /** Tells a hub of a connect. */
  void connected(BaseHub hub) throws Exception {
    HubFilter.ConnectedStep step = hub::onConnected;
    for (int i = filters.size() - 1; i >= 0; i--) {
      HubFilter filter = filters.get(i);
      HubFilter.ConnectedStep next = step;
      step = () -> filter.onConnected(hub, next);
    }
    step.proceed();
  }

  /** Tells a hub of a disconnect. */
  void disconnected(BaseHub hub, @Nullable Throwable cause) throws Exception {
    HubFilter.DisconnectedStep step = hub::onDisconnected;
    for (int i = filters.size() - 1; i >= 0; i--) {
      HubFilter filter = filters.get(i);
      HubFilter.DisconnectedStep next = step;
      step = changed -> filter.onDisconnected(hub, changed, next);
    }
    step.proceed(cause);
  }
}
