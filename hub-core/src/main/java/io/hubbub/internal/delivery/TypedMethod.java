package io.hubbub.internal.delivery;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.hubbub.Cancellation;
import io.hubbub.ClientProxy;
import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.SingleClientProxy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What calling one method of a client interface does. Threads: immutable; any. */
interface TypedMethod {
  /** Carries out a call on some clients. */
  @Nullable Object call(ClientProxy clients, Object proxy, @Nullable Object[] arguments)
      throws Throwable;

  /**
   * Looks at a method.
   *
   * @param owner the interface, which may give a value to the type parameters of its parents
   * @throws IllegalArgumentException if clients cannot be called through it
   */
  static TypedMethod of(Class<?> owner, Method method) {
    if (method.isDefault()) {
      method.trySetAccessible();
      return (clients, proxy, arguments) ->
          InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    HubMethodName renamed = method.getAnnotation(HubMethodName.class);
    String name = renamed == null ? method.getName() : renamed.value();
    Class<?>[] parameters = method.getParameterTypes();
    boolean cancellable =
        parameters.length > 0 && parameters[parameters.length - 1] == Cancellation.class;
    Class<?> answer = method.getReturnType();
    if (answer == void.class) {
      return new SendAndForget(name, cancellable);
    }
    Type result = answerType(owner, method);
    return result == Void.class ? new Send(name, cancellable) : new Ask(name, cancellable, result);
  }

  private static Type answerType(Class<?> owner, Method method) {
    Class<?> answer = method.getReturnType();
    if ((answer != CompletionStage.class && answer != CompletableFuture.class)
        || !(method.getGenericReturnType() instanceof ParameterizedType declared)) {
      throw new IllegalArgumentException(
          "Cannot generate proxy implementation for '"
              + owner.getName()
              + "."
              + method.getName()
              + "'. All client proxy methods must return 'void', 'java.util.concurrent.CompletionStage<T>' or 'java.util.concurrent.CompletableFuture<T>'.");
    }
    Type argument = declared.getActualTypeArguments()[0];
    if (argument instanceof Class<?>) {
      return argument;
    }
    return resolved(owner, method, argument);
  }

  /** Puts in what the interface says about the type parameters of the method's declaring class. */
  private static Type resolved(Class<?> owner, Method method, Type argument) {
    Type bound =
        argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    TypeFactory types = TypeFactory.defaultInstance();
    JavaType declaring = types.constructType(owner).findSuperType(method.getDeclaringClass());
    JavaType resolved = types.resolveMemberType(bound, declaring.getBindings());
    return resolved.isContainerType() || resolved.hasGenericTypes()
        ? resolved
        : resolved.getRawClass();
  }

  private static @Nullable Object[] sent(@Nullable Object[] arguments, boolean cancellable) {
    return cancellable ? Arrays.copyOf(arguments, arguments.length - 1) : arguments;
  }

  /** A call without an answer whose end the caller can wait for. */
  record Send(String name, boolean cancellable) implements TypedMethod {
    @Override
    public Object call(ClientProxy clients, Object proxy, @Nullable Object[] arguments) {
      return clients.send(name, sent(arguments, cancellable)).toCompletableFuture();
    }
  }

  /** A call without an answer. */
  record SendAndForget(String name, boolean cancellable) implements TypedMethod {
    private static final Logger log = LoggerFactory.getLogger(TypedMethod.class);

    @Override
    public @Nullable Object call(ClientProxy clients, Object proxy, @Nullable Object[] arguments) {
      CompletableFuture<Void> sent =
          clients.send(name, sent(arguments, cancellable)).toCompletableFuture();
      if (!sent.isDone()) {
        sent.whenComplete((done, error) -> logLate(error));
      } else if (sent.isCompletedExceptionally()) {
        throwCause(sent);
      }
      return null;
    }

    private void logLate(@Nullable Throwable error) {
      if (error != null) {
        log.warn("A call of {} was not delivered to all nodes", name, error);
      }
    }

    /** What is wrong with the arguments is the caller's to know. */
    private static void throwCause(CompletableFuture<Void> failed) {
      try {
        failed.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  /** A call that waits for the client's answer. */
  record Ask(String name, boolean cancellable, Type resultType) implements TypedMethod {
    @Override
    public Object call(ClientProxy clients, Object proxy, @Nullable Object[] arguments) {
      if (!(clients instanceof SingleClientProxy client)) {
        throw new IllegalStateException("InvokeAsync only works with Single clients.");
      }
      CompletableFuture<@Nullable Object> result =
          client.invokeFor(resultType, name, sent(arguments, cancellable));
      if (cancellable && arguments[arguments.length - 1] instanceof Cancellation cancellation) {
        cancellation.onCancel(
            () ->
                result.completeExceptionally(
                    new HubException("Invocation canceled by the server.")));
      }
      return result;
    }
  }
}
