package io.hubbub.client.internal;

import io.hubbub.client.ClientMethod;
import io.hubbub.client.Registration;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * An object's methods as the client's methods: those of an interface.
 *
 * <p>Threads: any.
 */
public final class TypedMethods {
  private TypedMethods() {}

  /**
   * Registers every method of an interface.
   *
   * @param contract names the methods and their types; {@code void} methods answer nothing
   * @param implementation gets the calls
   * @throws IllegalArgumentException if it is no interface, or one of its methods cannot be added
   */
  public static <T> Registration register(
      Class<T> contract, T implementation, ClientMethods methods) {
    if (!contract.isInterface()) {
      throw new IllegalArgumentException("Expected an interface, but got " + contract);
    }
    List<Registration> added = new ArrayList<>();
    for (Method method : contract.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      String target = TypedCalls.target(method);
      List<Type> types = List.of(method.getGenericParameterTypes());
      ClientMethod call = call(method, implementation);
      added.add(
          method.getReturnType() == void.class
              ? methods.add(target, types, call)
              : methods.addAnswering(target, types, call));
    }
    return () -> added.forEach(Registration::close);
  }

  @SuppressWarnings("IllegalCatch") // a method handle declares Throwable
  private static ClientMethod call(Method method, Object implementation) {
    MethodHandle handle =
        handle(method)
            .bindTo(implementation)
            .asSpreader(Object[].class, method.getParameterCount());
    return arguments -> {
      try {
        return handle.invoke(arguments);
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static MethodHandle handle(Method method) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected a method that can be called from outside, but got "
              + method
              + ": make the interface public or open its package to io.hubbub.client.",
          e);
    }
  }
}
