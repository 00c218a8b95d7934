package io.hubbub.transport.jakarta;

import io.hubbub.ConnectionRequest;
import io.hubbub.http.HttpExchange;
import io.hubbub.spi.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every request says, in whatever way it is answered.
 *
 * <p>Threads: made on the container's thread; its answers are copies and can be read by any.
 */
abstract sealed class ServletExchange implements HttpExchange
    permits AsyncExchange, UpgradeExchange {
  private final String method;
  private final String scheme;
  private final Identity identity;
  private final ServletRequestSnapshot snapshot;

  ServletExchange(HttpServletRequest request, RoleNames roles) {
    this.method = request.getMethod();
    this.scheme = request.getScheme();
    this.identity = identityOf(request, roles);
    this.snapshot = ServletRequestSnapshot.of(request);
  }

  @Override
  public final String method() {
    return method;
  }

  @Override
  public final ConnectionRequest request() {
    return snapshot;
  }

  @Override
  public final String scheme() {
    return scheme;
  }

  @Override
  public final Identity identity() {
    return identity;
  }

  private static Identity identityOf(HttpServletRequest request, RoleNames roles) {
    Principal principal = request.getUserPrincipal();
    if (principal == null) {
      return Identity.ANONYMOUS;
    }
    Set<String> held = roles.heldBy(request);
    return new Identity(Optional.of(principal), held::contains, Map.of(), Optional.empty());
  }
}
