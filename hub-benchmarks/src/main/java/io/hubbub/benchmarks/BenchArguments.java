package io.hubbub.benchmarks;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * The command line of {@link BenchServer}: {@code --port N [--transport
 * netty|tomcat|jetty|undertow] [--redis HOST:PORT]}.
 *
 * @param port where to listen
 * @param transport which server
 * @param redis a backplane's address
 */
record BenchArguments(int port, String transport, Optional<String> redis) {
  private static final String USAGE =
      "bench-server --port N [--transport netty|tomcat|jetty|undertow] [--redis HOST:PORT]";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is wrong
   */
  static BenchArguments parse(String... arguments) {
    int port = 8080;
    String transport = "netty";
    Optional<String> redis = Optional.empty();
    Iterator<String> words = Arrays.asList(arguments).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!words.hasNext()) {
        throw new IllegalArgumentException("Expected a value after " + option + ": " + USAGE);
      }
      String value = words.next();
      switch (option) {
        case "--port" -> port = Integer.parseInt(value);
        case "--transport" -> transport = value;
        case "--redis" -> redis = Optional.of(value);
        default -> throw new IllegalArgumentException("Found " + option + ": " + USAGE);
      }
    }
    return new BenchArguments(port, transport, redis);
  }
}
