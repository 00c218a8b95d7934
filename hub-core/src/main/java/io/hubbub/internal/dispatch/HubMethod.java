package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.HubCallerContext;
import io.hubbub.HubFilter;
import io.hubbub.HubInvocation;
import io.hubbub.HubMethodName;
import io.hubbub.NonBlocking;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One method that clients may call: everything about it that is the same for all calls.
 *
 * <p>Threads: immutable; any.
 */
final class HubMethod {
  private static final MethodType SHAPE =
      MethodType.methodType(Object.class, BaseHub.class, Object[].class);

  private final String name;
  private final String javaName;
  private final boolean nonBlocking;
  private final List<Type> sentTypes;
  private final List<Type> uploadTypes;
  private final @Nullable ArgumentPlan plan;
  private final boolean cancellable;
  private final ResultShape result;
  private final AccessRule access;
  private final MethodHandle handle;
  private final HubFilter.@Nullable InvocationStep filtered;

  /**
   * @param filters go around every call
   * @throws IllegalArgumentException if the method cannot be reached
   */
  HubMethod(
      Method method,
      ArgumentPlan plan,
      ResultShape result,
      AccessRule access,
      FilterChain filters) {
    HubMethodName given = method.getAnnotation(HubMethodName.class);
    this.name = given == null ? method.getName() : given.value();
    this.javaName = method.getName();
    this.nonBlocking =
        method.isAnnotationPresent(NonBlocking.class)
            || method.getDeclaringClass().isAnnotationPresent(NonBlocking.class);
    this.sentTypes = plan.sentTypes();
    this.uploadTypes = plan.uploadTypes();
    this.plan = plan.isPlain() ? null : plan;
    this.cancellable = plan.isCancellable();
    this.result = result;
    this.access = access;
    this.handle = handle(method);
    this.filtered = filters.isEmpty() ? null : filters.around(this::invokeFiltered);
  }

  private static MethodHandle handle(Method method) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asFixedArity()
          .asSpreader(Object[].class, method.getParameterCount())
          .asType(SHAPE);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected to reach "
              + method
              + "; open the package "
              + method.getDeclaringClass().getPackageName()
              + " to io.hubbub.core",
          e);
    }
  }

  /** The name on the wire. */
  String name() {
    return name;
  }

  /** The name in the hub class. */
  String javaName() {
    return javaName;
  }

  /** Whether it may run on the receive thread. */
  boolean isNonBlocking() {
    return nonBlocking;
  }

  /** The types of the arguments that clients send; always the same list. */
  List<Type> sentTypes() {
    return sentTypes;
  }

  /** The types of the items of each upload. */
  List<Type> uploadTypes() {
    return uploadTypes;
  }

  /** Whether it can be told that its caller wants no result any more. */
  boolean isCancellable() {
    return cancellable;
  }

  /** What it returns. */
  ResultShape result() {
    return result;
  }

  /** Who may call it. */
  AccessRule access() {
    return access;
  }

  /** Its arguments, out of those that the client sent. */
  @Nullable Object[] arguments(@Nullable Object[] sent, ArgumentPlan.Extras extras) {
    return plan == null ? sent : plan.arrange(sent, extras);
  }

  /** Whether {@link #call} answers a stage of the result in place of the result. */
  boolean answersLater() {
    return filtered != null || result.later() != null;
  }

  /**
   * Calls it through the filters.
   *
   * @return what it returned, or a stage of it; null if it returns nothing
   * @throws Throwable what it threw
   */
  @Nullable Object call(HubCallerContext context, BaseHub hub, @Nullable Object[] arguments)
      throws Throwable {
    HubFilter.InvocationStep steps = filtered;
    if (steps == null) {
      return awaited((Object) handle.invokeExact(hub, arguments));
    }
    List<@Nullable Object> list = Collections.unmodifiableList(Arrays.asList(arguments));
    return steps.proceed(new HubInvocation(context, hub, javaName, list));
  }

  private @Nullable Object awaited(@Nullable Object returned) {
    Function<Object, CompletionStage<?>> later = result.later();
    return returned == null || later == null ? returned : later.apply(returned);
  }

  @SuppressWarnings("unchecked")
  private CompletionStage<@Nullable Object> invokeFiltered(HubInvocation invocation)
      throws Exception {
    try {
      Object[] arguments = invocation.arguments().toArray();
      Object returned = awaited((Object) handle.invokeExact(invocation.hub(), arguments));
      return result.later() != null && returned != null
          ? (CompletionStage<@Nullable Object>) returned
          : CompletableFuture.completedFuture(returned);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(javaName + " threw what is neither exception nor error", e);
    }
  }
}
