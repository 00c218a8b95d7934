package io.hubbub.internal.connection;

import io.hubbub.Cancellation;
import io.hubbub.ConnectionRequest;
import io.hubbub.HubCallerContext;
import io.hubbub.internal.dispatch.CancellationSource;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its hub sees it. What an idle connection may never need is made on first use.
 *
 * <p>Threads: any.
 */
final class CallerContext implements HubCallerContext {
  private final ClientConnection connection;

  /** Guarded by this. */
  private @Nullable ConcurrentMap<Object, Object> items;

  /** Guarded by this. */
  private @Nullable CancellationSource aborted;

  CallerContext(ClientConnection connection) {
    this.connection = connection;
  }

  @Override
  public String connectionId() {
    return connection.connectionId();
  }

  @Override
  public Optional<String> userId() {
    return connection.userId();
  }

  @Override
  public Optional<Principal> principal() {
    return connection.identity().principal();
  }

  @Override
  public synchronized ConcurrentMap<Object, Object> items() {
    ConcurrentMap<Object, Object> known = items;
    if (known == null) {
      known = new ConcurrentHashMap<>(4);
      items = known;
    }
    return known;
  }

  @Override
  public ConnectionRequest request() {
    return connection.request();
  }

  @Override
  public void abort() {
    connection.abort(null);
  }

  @Override
  public Cancellation aborted() {
    return signal();
  }

  /** The connection ends. */
  void fireAborted() {
    signal().cancel();
  }

  private synchronized CancellationSource signal() {
    CancellationSource known = aborted;
    if (known == null) {
      known = new CancellationSource();
      aborted = known;
    }
    return known;
  }
}
