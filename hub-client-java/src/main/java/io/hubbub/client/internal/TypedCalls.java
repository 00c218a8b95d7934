package io.hubbub.client.internal;

import io.hubbub.HubMethodName;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hub methods behind an interface: what a method returns decides how the hub is called.
 *
 * <p>Threads: any.
 */
public final class TypedCalls implements InvocationHandler {
  private static final @Nullable Object[] NO_ARGUMENTS = {};
  private static final Logger log = LoggerFactory.getLogger(TypedCalls.class);

  private final HubCaller caller;

  private TypedCalls(HubCaller caller) {
    this.caller = caller;
  }

  /**
   * Makes a proxy.
   *
   * @throws IllegalArgumentException if it is no interface
   */
  public static <T> T proxy(Class<T> contract, HubCaller caller) {
    if (!contract.isInterface()) {
      throw new IllegalArgumentException("Expected an interface, but got " + contract);
    }
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(), new Class<?>[] {contract}, new TypedCalls(caller)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    @Nullable Object[] arguments = given == null ? NO_ARGUMENTS : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    String target = target(method);
    Class<?> returned = method.getReturnType();
    if (returned == void.class) {
      send(target, arguments);
      return null;
    }
    if (Flow.Publisher.class.isAssignableFrom(returned)) {
      return caller.stream(argumentOf(method), target, arguments);
    }
    if (returned.isAssignableFrom(CompletableFuture.class)
        && CompletionStage.class.isAssignableFrom(returned)) {
      return caller.invoke(argumentOf(method), target, arguments);
    }
    return waitFor(caller.invoke(method.getGenericReturnType(), target, arguments));
  }

  /** The name that the hub knows the method by. */
  static String target(Method method) {
    HubMethodName name = method.getAnnotation(HubMethodName.class);
    return name == null ? method.getName() : name.value();
  }

  /** Nobody waits, so what fails at once is thrown, and what fails later is logged. */
  private void send(String target, @Nullable Object[] arguments) {
    CompletableFuture<Void> sent = caller.send(target, arguments);
    if (sent.isCompletedExceptionally()) {
      waitFor(sent);
    }
    sent.whenComplete(
        (done, error) -> {
          if (error != null) {
            log.warn("A call of '{}' was not sent", target, error);
          }
        });
  }

  private static <T> T waitFor(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The type argument of a method's future or publisher. */
  private static Type argumentOf(Method method) {
    if (method.getGenericReturnType() instanceof ParameterizedType type) {
      return type.getActualTypeArguments()[0];
    }
    return Object.class;
  }

  private @Nullable Object ofObject(Object proxy, Method method, @Nullable Object[] arguments)
      throws InvocationTargetException, IllegalAccessException {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "proxy of " + caller;
    };
  }
}
