package io.hubbub.interop.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@link ConformanceServer}: names and values in pairs.
 *
 * @param values by name, without the dashes
 */
record ServerArguments(Map<String, String> values) {
  private static final List<String> NAMES =
      List.of("port", "transport", "redis", "prefix", "channel-name");

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if a name is unknown or has no value
   */
  static ServerArguments parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].replaceFirst("^--", "");
      if (!NAMES.contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "Expected --port N [--transport netty|tomcat|jetty|undertow]"
                + " [--redis HOST:PORT [--prefix P] [--channel-name NAME]], but found "
                + String.join(" ", arguments));
      }
      values.put(name, arguments[i + 1]);
    }
    return new ServerArguments(Map.copyOf(values));
  }

  int port() {
    return Integer.parseInt(values.getOrDefault("port", "5000"));
  }

  String transport() {
    return values.getOrDefault("transport", "netty");
  }

  Optional<String> redis() {
    return Optional.ofNullable(values.get("redis"));
  }

  String prefix() {
    return values.getOrDefault("prefix", "");
  }

  Optional<String> channelName() {
    return Optional.ofNullable(values.get("channel-name"));
  }
}
