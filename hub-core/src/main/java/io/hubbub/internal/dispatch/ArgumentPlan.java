package io.hubbub.internal.dispatch;

import io.hubbub.Cancellation;
import io.hubbub.FromServices;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.StreamAdapter;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Where each argument of a method comes from: from the client, from one of its uploads, or from the
 * server.
 *
 * <p>Threads: immutable; any.
 */
final class ArgumentPlan {

  /** What one call has for the parameters that the client does not send as arguments. */
  interface Extras {
    /** The call's own cancellation. */
    Cancellation cancellation();

    /** The n-th upload. */
    Upload upload(int index);
  }

  private final List<Source> sources = new ArrayList<>();
  private final List<Type> sent = new ArrayList<>();
  private final List<Type> uploads = new ArrayList<>();
  private boolean cancellable;

  private ArgumentPlan() {}

  /**
   * Reads a method's parameters.
   *
   * @throws IllegalArgumentException if a service is missing
   */
  static ArgumentPlan of(
      Method method, GenericTypes types, HubActivator activator, List<StreamAdapter> adapters) {
    ArgumentPlan plan = new ArgumentPlan();
    for (Parameter parameter : method.getParameters()) {
      Type type = types.resolve(parameter.getParameterizedType());
      plan.sources.add(
          parameter.isAnnotationPresent(FromServices.class)
              ? service(method, type, activator)
              : plan.source(type, adapters));
    }
    return plan;
  }

  private static Source service(Method method, Type type, HubActivator activator) {
    try {
      activator.service(type);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected the activator to know a service of type "
              + type.getTypeName()
              + ", which a parameter of "
              + method
              + " asks for",
          e);
    }
    return (arguments, extras) -> activator.service(type);
  }

  private Source source(Type type, List<StreamAdapter> adapters) {
    Class<?> raw = GenericTypes.raw(type);
    if (raw == Cancellation.class) {
      cancellable = true;
      return (arguments, extras) -> extras.cancellation();
    }
    if (raw == Flow.Publisher.class) {
      int index = addUpload(type);
      return (arguments, extras) -> extras.upload(index);
    }
    for (StreamAdapter adapter : adapters) {
      if (adapter.isUpload(raw)) {
        int index = addUpload(type);
        return (arguments, extras) -> adapter.fromPublisher(raw, extras.upload(index));
      }
    }
    int index = sent.size();
    sent.add(type);
    return (arguments, extras) -> arguments[index];
  }

  private int addUpload(Type type) {
    uploads.add(GenericTypes.argument(type, 0));
    return uploads.size() - 1;
  }

  /** The types of what the client sends as arguments. */
  List<Type> sentTypes() {
    return List.copyOf(sent);
  }

  /** The types of the items of each upload. */
  List<Type> uploadTypes() {
    return List.copyOf(uploads);
  }

  /** Whether the method takes a cancellation. */
  boolean isCancellable() {
    return cancellable;
  }

  /** Whether the method takes just what the client sends. */
  boolean isPlain() {
    return sent.size() == sources.size();
  }

  /** All arguments of a call. */
  @Nullable Object[] arrange(@Nullable Object[] arguments, Extras extras) {
    @Nullable Object[] all = new @Nullable Object[sources.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = sources.get(i).value(arguments, extras);
    }
    return all;
  }

  private interface Source {
    @Nullable Object value(@Nullable Object[] arguments, Extras extras);
  }
}
