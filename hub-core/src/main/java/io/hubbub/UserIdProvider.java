package io.hubbub;

import java.security.Principal;
import java.util.Optional;

/**
 * Finds the user's id of a connection, by which {@link HubClients#user} addresses it. Called once,
 * at the handshake.
 */
@FunctionalInterface
public interface UserIdProvider {
  /**
   * @param principal who was authenticated
   * @param request the request that made the connection
   * @return the id, or empty for a connection without a user
   */
  Optional<String> userId(Optional<Principal> principal, ConnectionRequest request);

  /** The default: the principal's name. */
  static UserIdProvider principalName() {
    return (principal, request) -> principal.map(Principal::getName);
  }
}
