package io.hubbub.internal.delivery;

import io.hubbub.ClientProxy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface through which clients are called: its methods are looked at once, whoever uses it.
 *
 * <p>Threads: immutable; any.
 */
final class TypedInterface<C> {
  /** Lives and goes with the interface's class. */
  private static final ClassValue<TypedInterface<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected TypedInterface<?> computeValue(Class<?> type) {
          return new TypedInterface<>(type);
        }
      };

  private final Class<C> type;
  private final Map<Method, TypedMethod> methods;

  private TypedInterface(Class<C> type) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException("Type must be an interface.");
    }
    this.type = type;
    this.methods = table(type);
  }

  /**
   * The table of an interface.
   *
   * @throws IllegalArgumentException if clients cannot be called through it
   */
  @SuppressWarnings("unchecked")
  static <C> TypedInterface<C> of(Class<C> type) {
    return (TypedInterface<C>) KNOWN.get(type);
  }

  private static Map<Method, TypedMethod> table(Class<?> type) {
    Map<Method, TypedMethod> table = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        table.put(method, TypedMethod.of(type, method));
      }
    }
    return Map.copyOf(table);
  }

  /** An object of the interface whose calls go to these clients. */
  C over(ClientProxy clients) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(clients, proxy, method, arguments)));
  }

  private @Nullable Object call(
      ClientProxy clients, Object proxy, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    @Nullable Object[] values = arguments == null ? new Object[0] : arguments;
    TypedMethod known = methods.get(method);
    return known != null ? known.call(clients, proxy, values) : callObject(proxy, method, values);
  }

  private @Nullable Object callObject(Object proxy, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "clients called through " + type.getName();
    };
  }
}
