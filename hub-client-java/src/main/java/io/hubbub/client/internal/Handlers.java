package io.hubbub.client.internal;

import io.hubbub.client.ClientMethod;
import io.hubbub.client.Registration;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server can call. Names ignore case. They outlive connections.
 *
 * <p>Threads: any; the lists are replaced, never changed.
 */
final class Handlers {
  private final Map<String, List<Handler>> byTarget = new ConcurrentHashMap<>();

  /**
   * One registered method.
   *
   * @param target the name as registered
   * @param types the types of its parameters
   * @param method what to call
   * @param answers whether what it returns is the answer
   */
  record Handler(String target, List<Type> types, ClientMethod method, boolean answers) {}

  /**
   * Adds a method.
   *
   * @throws IllegalArgumentException if another one answers already, or has other parameters
   */
  Registration add(Handler handler) {
    String key = key(handler.target());
    byTarget.compute(key, (name, others) -> with(others, handler));
    return () -> byTarget.computeIfPresent(key, (name, others) -> without(others, handler));
  }

  private static List<Handler> with(@Nullable List<Handler> others, Handler added) {
    List<Handler> all = new ArrayList<>(others == null ? List.of() : others);
    for (Handler other : all) {
      if (other.answers() && added.answers()) {
        throw new IllegalArgumentException(
            "Expected one answering handler of '"
                + added.target()
                + "', but there is one already. Multiple return values are not supported.");
      }
      if (!other.types().equals(added.types())) {
        throw new IllegalArgumentException(
            "Expected the same parameters for all handlers of '"
                + added.target()
                + "': "
                + other.types()
                + ", but got "
                + added.types());
      }
    }
    all.add(added);
    return List.copyOf(all);
  }

  private static @Nullable List<Handler> without(List<Handler> others, Handler removed) {
    List<Handler> rest = new ArrayList<>(others);
    rest.removeIf(other -> other == removed);
    return rest.isEmpty() ? null : List.copyOf(rest);
  }

  void removeAll(String target) {
    byTarget.remove(key(target));
  }

  List<Handler> find(String target) {
    return byTarget.getOrDefault(key(target), List.of());
  }

  /** The types that a call of the target must carry; null when nobody handles it. */
  @Nullable List<Type> parameterTypes(String target) {
    List<Handler> found = find(target);
    return found.isEmpty() ? null : found.get(0).types();
  }

  private static String key(String target) {
    return target.toLowerCase(Locale.ROOT);
  }
}
