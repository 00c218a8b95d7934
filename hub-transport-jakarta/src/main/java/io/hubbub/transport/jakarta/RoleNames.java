package io.hubbub.transport.jakarta;

import io.hubbub.Authorize;
import io.hubbub.spi.HubEndpoint;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The roles that the hubs' annotations name. A container answers whether a user has a role only
 * while the request runs, and hubs ask later: so it is asked for these at once.
 *
 * <p>Threads: immutable; any.
 */
final class RoleNames {
  private final Set<String> names = new HashSet<>();

  RoleNames(Collection<HubEndpoint> endpoints) {
    for (HubEndpoint endpoint : endpoints) {
      addHierarchy(endpoint.hubClass());
      for (Method method : endpoint.hubClass().getMethods()) {
        add(method);
      }
    }
  }

  /** Those of them that the request's user has. */
  Set<String> heldBy(HttpServletRequest request) {
    if (names.isEmpty()) {
      return Set.of();
    }
    Set<String> held = new HashSet<>();
    for (String name : names) {
      if (request.isUserInRole(name)) {
        held.add(name);
      }
    }
    return held;
  }

  private void addHierarchy(Class<?> hubClass) {
    for (Class<?> type = hubClass; type != null; type = type.getSuperclass()) {
      add(type);
    }
  }

  private void add(AnnotatedElement element) {
    for (Authorize authorize : element.getAnnotationsByType(Authorize.class)) {
      Collections.addAll(names, authorize.roles());
    }
    RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
    if (allowed != null) {
      Collections.addAll(names, allowed.value());
    }
  }
}
