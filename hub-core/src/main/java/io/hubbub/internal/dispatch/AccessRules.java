package io.hubbub.internal.dispatch;

import io.hubbub.AuthorizationPolicy;
import io.hubbub.Authorize;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads access rules from the annotations of hub classes and methods. The nearest declaration that
 * says something counts: a method that overrides another keeps its rule unless it brings its own.
 *
 * <p>Threads: immutable; any.
 */
final class AccessRules {
  private static final boolean JAKARTA_IS_THERE = isJakartaThere();

  private final Map<String, AuthorizationPolicy> policies;

  AccessRules(Map<String, AuthorizationPolicy> policies) {
    this.policies = policies;
  }

  /**
   * The rule of a hub class.
   *
   * @throws IllegalArgumentException if it names a policy that is not there
   */
  AccessRule of(Class<?> hubClass) {
    for (Class<?> type = hubClass; type != null; type = type.getSuperclass()) {
      Optional<AccessRule> rule = declared(type);
      if (rule.isPresent()) {
        return rule.get();
      }
    }
    return AccessRule.EVERYONE;
  }

  /**
   * The rule of a hub method.
   *
   * @throws IllegalArgumentException if it names a policy that is not there
   */
  AccessRule of(Method method) {
    for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
      Optional<AccessRule> rule = declaredIn(type, method);
      if (rule.isPresent()) {
        return rule.get();
      }
    }
    return AccessRule.EVERYONE;
  }

  private Optional<AccessRule> declaredIn(Class<?> type, Method method) {
    try {
      return declared(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
    } catch (NoSuchMethodException e) {
      return Optional.empty(); // not overridden here
    }
  }

  private Optional<AccessRule> declared(AnnotatedElement element) {
    Authorize authorize = element.getDeclaredAnnotation(Authorize.class);
    AccessRule own = authorize == null ? null : rule(authorize, element);
    AccessRule jakarta = JAKARTA_IS_THERE ? JakartaAccess.declared(element) : null;
    if (own == null || jakarta == null) {
      return Optional.ofNullable(own == null ? jakarta : own);
    }
    return Optional.of(own.and(jakarta));
  }

  private AccessRule rule(Authorize authorize, AnnotatedElement element) {
    AccessRule rule = anyRole(List.of(authorize.roles()));
    String name = authorize.value();
    if (name.isEmpty()) {
      return rule != null ? rule : request -> request.identity().isAuthenticated();
    }
    AuthorizationPolicy policy = policies.get(name);
    if (policy == null) {
      throw new IllegalArgumentException(
          "Expected a policy named '"
              + name
              + "', which "
              + element
              + " asks for, but found only "
              + policies.keySet()
              + "; Hubs.Builder.policy registers one");
    }
    return rule == null ? policy::permits : rule.and(policy::permits);
  }

  /** One of some roles; null when there are none to choose from. */
  static @Nullable AccessRule anyRole(List<String> roles) {
    return roles.isEmpty() ? null : request -> roles.stream().anyMatch(request.identity()::hasRole);
  }

  private static boolean isJakartaThere() {
    try {
      Class.forName(
          "jakarta.annotation.security.RolesAllowed", false, AccessRules.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
