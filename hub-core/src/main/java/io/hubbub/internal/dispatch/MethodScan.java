package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.Hub;
import io.hubbub.TypedHub;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the methods of a hub class that clients may call: public instance methods, inherited ones
 * and those with a default in an interface included. Left out is what {@link Object} and the hub
 * base classes declare, overridden or not, and {@link AutoCloseable#close}.
 *
 * <p>Threads: one at a time, at start.
 */
final class MethodScan {
  private static final List<Class<?>> BASES =
      List.of(Hub.class, TypedHub.class, BaseHub.class, Object.class);

  private final Set<Signature> taken = new HashSet<>();
  private final List<Method> found = new ArrayList<>();

  private MethodScan(Class<?> hubClass) {
    for (Class<?> base : BASES) {
      for (Method method : base.getDeclaredMethods()) {
        taken.add(Signature.of(method));
      }
    }
    if (AutoCloseable.class.isAssignableFrom(hubClass)) {
      taken.add(new Signature("close", List.of()));
    }
  }

  static List<Method> methodsOf(Class<? extends BaseHub> hubClass) {
    MethodScan scan = new MethodScan(hubClass);
    for (Class<?> type = hubClass; !BASES.contains(type); type = type.getSuperclass()) {
      scan.addDeclared(type.getDeclaredMethods());
    }
    for (Method method : hubClass.getMethods()) {
      if (method.isDefault()) {
        scan.add(method);
      }
    }
    return List.copyOf(scan.found);
  }

  private void addDeclared(Method[] declared) {
    for (Method method : declared) {
      add(method);
    }
    // The generic method that a bridge stands for is overridden here and must not be found again.
    for (Method method : declared) {
      if (method.isBridge() && isBridgeToOneOf(declared, method)) {
        taken.add(Signature.of(method));
      }
    }
  }

  private void add(Method method) {
    boolean callable =
        Modifier.isPublic(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
            && !method.isSynthetic();
    if (callable && taken.add(Signature.of(method))) {
      found.add(method);
    }
  }

  /** Not so for the bridges that make a hidden base class's methods visible. */
  private static boolean isBridgeToOneOf(Method[] declared, Method bridge) {
    return Arrays.stream(declared)
        .anyMatch(
            method ->
                !method.isBridge()
                    && method.getName().equals(bridge.getName())
                    && method.getParameterCount() == bridge.getParameterCount());
  }

  private record Signature(String name, List<Class<?>> parameters) {
    static Signature of(Method method) {
      return new Signature(method.getName(), List.of(method.getParameterTypes()));
    }
  }
}
