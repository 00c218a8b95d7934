package io.hubbub.http;

import io.hubbub.spi.HubEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the hub behind a path: without regard to case, and with or without one slash at the end.
 *
 * <p>Threads: immutable; any.
 */
final class Routes {
  private final Map<String, Route> byPath;

  private Routes(Map<String, Route> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /**
   * The routes of all hubs.
   *
   * @throws IllegalArgumentException if two of them meet
   */
  static Routes of(List<HubEndpoint> endpoints) {
    Map<String, Route> byPath = new HashMap<>();
    for (HubEndpoint endpoint : endpoints) {
      String base = withoutEndSlash(endpoint.path());
      for (Route.Kind kind : Route.Kind.values()) {
        Route former = byPath.put(key(base + kind.suffix()), new Route(endpoint, kind));
        if (former != null) {
          throw new IllegalArgumentException(
              "Expected every hub to have its own paths, but "
                  + former.endpoint().hubClass().getName()
                  + " and "
                  + endpoint.hubClass().getName()
                  + " share "
                  + (base + kind.suffix())
                  + "; map one of them elsewhere");
        }
      }
    }
    return new Routes(byPath);
  }

  Optional<Route> find(String path) {
    return Optional.ofNullable(byPath.get(key(path)));
  }

  private static String key(String path) {
    return withoutEndSlash(path).toLowerCase(Locale.ROOT);
  }

  private static String withoutEndSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
