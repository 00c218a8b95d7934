package io.hubbub.internal.dispatch;

import io.hubbub.AuthorizationPolicy;

/** Who may call a method, or connect to a hub. Threads: immutable; any. */
@FunctionalInterface
interface AccessRule {
  /** Everyone. */
  AccessRule EVERYONE = request -> true;

  /** Nobody. */
  AccessRule NOBODY = request -> false;

  boolean permits(AuthorizationPolicy.Request request);

  /** Both rules permit it. */
  default AccessRule and(AccessRule other) {
    return request -> permits(request) && other.permits(request);
  }
}
