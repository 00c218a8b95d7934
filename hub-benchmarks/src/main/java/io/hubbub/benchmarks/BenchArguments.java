package io.hubbub.benchmarks;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * The command line of {@link BenchServer}: {@code --port N [--host ADDRESS] [--transport
 * netty|tomcat|jetty|undertow] [--redis HOST:PORT]}; only Netty listens elsewhere than at
 * 127.0.0.1.
 *
 * @param host where to listen, the address
 * @param port where to listen, the port
 * @param transport which server
 * @param redis a backplane's address
 */
record BenchArguments(String host, int port, String transport, Optional<String> redis) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String USAGE =
      "bench-server --port N [--host ADDRESS] [--transport netty|tomcat|jetty|undertow] [--redis"
          + " HOST:PORT]";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is wrong
   */
  static BenchArguments parse(String... arguments) {
    String host = LOOPBACK;
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
        case "--host" -> host = value;
        case "--port" -> port = Integer.parseInt(value);
        case "--transport" -> transport = value;
        case "--redis" -> redis = Optional.of(value);
        default -> throw new IllegalArgumentException("Found " + option + ": " + USAGE);
      }
    }
    if (!host.equals(LOOPBACK) && !transport.equals("netty")) {
      throw new IllegalArgumentException("Expected --transport netty with --host: " + USAGE);
    }
    return new BenchArguments(host, port, transport, redis);
  }
}
