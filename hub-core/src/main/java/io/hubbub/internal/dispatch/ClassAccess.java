package io.hubbub.internal.dispatch;

import io.hubbub.AuthorizationPolicy;
import io.hubbub.BaseHub;
import io.hubbub.spi.EndpointAccess;
import io.hubbub.spi.Identity;
import java.util.List;

/**
 * Who may make requests to a hub, as the annotations of its class say.
 *
 * <p>Threads: immutable; any.
 *
 * @param hubClass the hub
 * @param rule its rule
 */
record ClassAccess(Class<? extends BaseHub> hubClass, AccessRule rule) implements EndpointAccess {

  @Override
  public Decision decide(Identity identity) {
    if (rule.permits(new AuthorizationPolicy.Request(identity, hubClass, null, List.of()))) {
      return Decision.PERMITTED;
    }
    return identity.isAuthenticated() ? Decision.FORBIDDEN : Decision.UNAUTHENTICATED;
  }
}
