package io.hubbub.internal.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a hub's methods by the names that clients use, without regard to case. The usual spellings
 * are found by one look into a hash table, without allocation.
 *
 * <p>Threads: immutable; any.
 */
final class MethodTable {
  private final Map<String, HubMethod> spellings = new HashMap<>();
  private final Map<String, HubMethod> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @throws IllegalArgumentException if two methods have one name
   */
  MethodTable(List<HubMethod> methods) {
    for (HubMethod method : methods) {
      String name = method.name();
      if (names.put(name, method) != null) {
        throw new IllegalArgumentException(
            "Duplicate definitions of '" + name + "'. Overloading is not supported.");
      }
    }
    for (HubMethod method : methods) {
      String name = method.name();
      spellings.put(name, method);
      if (!name.isEmpty()) {
        String rest = name.substring(1);
        spellings.put(name.substring(0, 1).toUpperCase(Locale.ROOT) + rest, method);
        spellings.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + rest, method);
      }
    }
  }

  /** The method that a client means; null when there is none. */
  @Nullable HubMethod find(String target) {
    HubMethod method = spellings.get(target);
    return method != null ? method : names.get(target);
  }
}
