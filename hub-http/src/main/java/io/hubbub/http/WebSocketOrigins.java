package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps pages of foreign origins from opening WebSockets with the cookies of their visitors;
 * browsers do not, CORS is not asked for WebSockets.
 *
 * <p>Programs that are no browsers send no origin and pass. A page passes if CORS allows its
 * origin, or if it comes from the host that it connects to: the host of {@code Host} or, since
 * proxies may change that, of {@code X-Forwarded-Host}, which a page cannot set. Where CORS is not
 * configured, a foreign page passes without cookies, too: it gains nothing that its own server
 * could not have.
 *
 * <p>Threads: immutable; any.
 */
final class WebSocketOrigins {
  private static final Logger log = LoggerFactory.getLogger(WebSocketOrigins.class);

  private final Optional<CorsOptions> cors;
  private final boolean checked;

  WebSocketOrigins(Optional<CorsOptions> cors, boolean checked) {
    this.cors = cors;
    this.checked = checked;
  }

  /** Whether a request to become a WebSocket may go on. */
  boolean accept(HttpExchange exchange) {
    ConnectionRequest request = exchange.request();
    Optional<String> origin = request.header("Origin");
    if (!checked || origin.isEmpty() || isSameOrigin(origin.get(), exchange)) {
      return true;
    }
    boolean allowed =
        cors.map(options -> options.allows(origin.get()))
            .orElseGet(() -> request.header("Cookie").isEmpty());
    if (!allowed) {
      log.debug(
          "A WebSocket of a page of {} is refused; allow its origin by cors, or let the proxy send"
              + " X-Forwarded-Host if that is this site",
          origin.get());
    }
    return allowed;
  }

  private static boolean isSameOrigin(String origin, HttpExchange exchange) {
    Optional<String> host = host(origin);
    if (host.isEmpty()) {
      return false;
    }
    boolean downgraded =
        origin.toLowerCase(Locale.ROOT).startsWith("http:") && exchange.scheme().equals("https");
    return !downgraded
        && hostsOf(exchange.request()).anyMatch(name -> name.equalsIgnoreCase(host.get()));
  }

  /** The names by which the client may have called this server, as the request tells. */
  private static Stream<String> hostsOf(ConnectionRequest request) {
    return Stream.concat(
            request.headers("Host").stream(),
            request.headers("X-Forwarded-Host").stream()
                .flatMap(value -> Stream.of(value.split(",", -1))))
        .map(String::strip)
        .map(WebSocketOrigins::withoutDefaultPort);
  }

  private static Optional<String> host(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority())
          .map(WebSocketOrigins::withoutDefaultPort);
    } catch (IllegalArgumentException opaqueOrigin) {
      return Optional.empty();
    }
  }

  private static String withoutDefaultPort(String host) {
    return host.endsWith(":80") || host.endsWith(":443")
        ? host.substring(0, host.lastIndexOf(':'))
        : host;
  }
}
