package io.hubbub.backplane.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is: one or several Redis URIs, or what StackExchange.Redis understands ({@code
 * host:6379,other:6379,password=…,ssl=true}).
 *
 * <p>Threads: immutable; any.
 */
final class ConnectionString {
  /** Known there and without a meaning here: nothing is lost by ignoring them. */
  private static final Set<String> IGNORED =
      Set.of(
          "allowadmin",
          "asynctimeout",
          "checkcertificaterevocation",
          "configchannel",
          "configcheckseconds",
          "connectretry",
          "defaultdatabase",
          "heartbeatinterval",
          "highintegrity",
          "keepalive",
          "name",
          "preservasync",
          "preserveasyncorder",
          "proxy",
          "resolvedns",
          "responsetimeout",
          "setclientlibrary",
          "sslhost",
          "sslprotocols",
          "synctimeout",
          "tiebreaker",
          "tunnel",
          "version",
          "writebuffer",
          "protocol");

  private static final int PORT = 6379;
  private static final int TLS_PORT = 6380;

  private final List<String> endpoints = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();

  private ConnectionString(String text) {
    // Commas in a URI of sentinels are its own.
    String[] parts =
        text.startsWith("redis-sentinel") || text.startsWith("rediss-sentinel")
            ? new String[] {text}
            : text.split(",", -1);
    for (String part : parts) {
      String item = part.trim();
      int equals = item.indexOf('=');
      if (item.isEmpty()) {
        continue;
      }
      if (equals < 0 || item.contains("://")) {
        endpoints.add(item);
      } else {
        addOption(item.substring(0, equals).trim(), item.substring(equals + 1).trim());
      }
    }
    if (endpoints.isEmpty()) {
      endpoints.add("localhost");
    }
  }

  private void addOption(String name, String value) {
    String known = name.toLowerCase(Locale.ROOT);
    switch (known) {
      case "user",
          "password",
          "ssl",
          "abortconnect",
          "channelprefix",
          "servicename",
          "connecttimeout" ->
          options.put(known, value);
      default -> {
        // The value may be a secret that was mistyped into another option: it is not repeated.
        if (!IGNORED.contains(known)) {
          throw new IllegalArgumentException(
              "Expected an option of a connection string, but found '" + name + "'");
        }
      }
    }
  }

  static ConnectionString parse(String text) {
    return new ConnectionString(text);
  }

  Optional<String> channelPrefix() {
    return Optional.ofNullable(options.get("channelprefix"));
  }

  Optional<Boolean> requiredAtStart() {
    return Optional.ofNullable(options.get("abortconnect")).map(ConnectionString::truth);
  }

  Optional<Duration> connectTimeout() {
    return Optional.ofNullable(options.get("connecttimeout"))
        .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
  }

  /** The servers, with what the string says about reaching them. */
  List<RedisURI> servers() {
    String master = options.get("servicename");
    List<RedisURI> servers = new ArrayList<>();
    if (master == null) {
      endpoints.forEach(endpoint -> servers.add(server(endpoint)));
    } else {
      servers.add(sentinels(master));
    }
    return servers;
  }

  private RedisURI sentinels(String master) {
    RedisURI.Builder builder = null;
    for (String endpoint : endpoints) {
      HostAndPort address = HostAndPort.parse(endpoint, 26379);
      builder =
          builder == null
              ? RedisURI.Builder.sentinel(address.host, address.port, master)
              : builder.withSentinel(address.host, address.port);
    }
    if (builder == null) {
      throw new IllegalArgumentException("Expected the address of a sentinel");
    }
    return withAccess(builder.build());
  }

  private RedisURI server(String endpoint) {
    if (endpoint.contains("://")) {
      return withAccess(RedisURI.create(endpoint));
    }
    HostAndPort address = HostAndPort.parse(endpoint, isTls() ? TLS_PORT : PORT);
    return withAccess(RedisURI.create(address.host, address.port));
  }

  private RedisURI withAccess(RedisURI uri) {
    String password = options.get("password");
    if (password != null) {
      authenticate(uri, options.get("user"), password);
    }
    if (isTls()) {
      encrypt(uri, true);
    }
    return uri;
  }

  /** Sets whether connections to a server, or to a master and its sentinels, are encrypted. */
  static void encrypt(RedisURI uri, boolean on) {
    uri.setSsl(on);
    uri.getSentinels().forEach(sentinel -> sentinel.setSsl(on));
  }

  /** Sets who connects; a null user is Redis's default user. */
  static void authenticate(RedisURI uri, @Nullable String user, String password) {
    RedisCredentials credentials = RedisCredentials.just(user, password);
    uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> credentials));
  }

  private boolean isTls() {
    return truth(options.getOrDefault("ssl", "false"));
  }

  private static boolean truth(String value) {
    return value.equalsIgnoreCase("true") || value.equals("1") || value.equalsIgnoreCase("yes");
  }

  /** An address; IPv6 in brackets. */
  private record HostAndPort(String host, int port) {
    static HostAndPort parse(String text, int defaultPort) {
      int colon = text.lastIndexOf(':');
      if (colon < 0 || text.endsWith("]")) {
        return new HostAndPort(text, defaultPort);
      }
      try {
        return new HostAndPort(
            text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("Expected host:port, but found '" + text + "'", e);
      }
    }
  }
}
