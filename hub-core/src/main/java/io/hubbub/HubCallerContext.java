package io.hubbub;

import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/**
 * The connection that a hub is called by.
 *
 * <p>Threads: any; valid as long as the connection.
 */
public interface HubCallerContext {
  /** The connection's public id; safe to show to others. */
  String connectionId();

  /** The user's id as the {@link UserIdProvider} found it at the handshake. */
  Optional<String> userId();

  /** Who was authenticated; follows an authentication refresh. */
  Optional<Principal> principal();

  /** Whatever the application keeps for this connection. */
  ConcurrentMap<Object, Object> items();

  /** The HTTP request that made the connection, as it was then. */
  ConnectionRequest request();

  /** Ends the connection; its client does not reconnect by itself. */
  void abort();

  /** Happens when the connection ends, at the latest; at once when its client has gone. */
  Cancellation aborted();
}
