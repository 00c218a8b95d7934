package io.hubbub.internal.dispatch;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jakarta's security annotations; loaded only where their classes are there. */
final class JakartaAccess {
  private static final String ANY_USER = "**";

  private JakartaAccess() {}

  /** What an element's own annotations say; null when there are none. */
  static @Nullable AccessRule declared(AnnotatedElement element) {
    if (element.getDeclaredAnnotation(DenyAll.class) != null) {
      return AccessRule.NOBODY;
    }
    RolesAllowed allowed = element.getDeclaredAnnotation(RolesAllowed.class);
    if (allowed != null) {
      return rule(List.of(allowed.value()));
    }
    return element.getDeclaredAnnotation(PermitAll.class) == null ? null : AccessRule.EVERYONE;
  }

  private static AccessRule rule(List<String> roles) {
    if (roles.contains(ANY_USER)) {
      return request -> request.identity().isAuthenticated();
    }
    AccessRule rule = AccessRules.anyRole(roles);
    return rule == null ? AccessRule.NOBODY : rule;
  }
}
