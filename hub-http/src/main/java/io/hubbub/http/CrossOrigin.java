package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What browsers are told about other origins, as CORS wants it.
 *
 * <p>Threads: immutable; any.
 */
final class CrossOrigin {
  private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

  private final Optional<CorsOptions> options;

  CrossOrigin(Optional<CorsOptions> options) {
    this.options = options;
  }

  /** Whether CORS is configured and a browser asks what it may do. */
  boolean isPreflight(HttpExchange exchange) {
    ConnectionRequest request = exchange.request();
    return options.isPresent()
        && exchange.method().equals("OPTIONS")
        && request.header("Origin").isPresent()
        && request.header(REQUEST_METHOD).isPresent();
  }

  /** The answer to a preflight, apart from the headers that all answers carry. */
  HttpResponse preflight(ConnectionRequest request) {
    HttpResponse answer = HttpResponse.empty(204);
    CorsOptions cors = options.orElseThrow();
    if (request.header("Origin").filter(cors::allows).isEmpty()) {
      return answer;
    }
    Optional<String> method = request.header(REQUEST_METHOD).filter(METHODS::contains);
    if (method.isPresent()) {
      answer = answer.with("Access-Control-Allow-Methods", method.get());
    }
    List<String> headers = request.headers(REQUEST_HEADERS);
    if (!headers.isEmpty()) {
      answer = answer.with("Access-Control-Allow-Headers", named(headers));
    }
    if (cors.maxAge().isPresent()) {
      answer = answer.with("Access-Control-Max-Age", "" + cors.maxAge().get().toSeconds());
    }
    return answer;
  }

  /** The names in a list that may stand in several headers, as one without blanks. */
  private static String named(List<String> headers) {
    return headers.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.joining(","));
  }

  /** The exchange, made to add the headers of CORS to its answer. */
  HttpExchange decorate(HttpExchange exchange) {
    if (options.isEmpty()) {
      return exchange;
    }
    List<Map.Entry<String, String>> headers = headers(options.get(), exchange.request());
    return headers.isEmpty() ? exchange : new HeaderExchange(exchange, headers);
  }

  private static List<Map.Entry<String, String>> headers(
      CorsOptions cors, ConnectionRequest request) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    Optional<String> origin = request.header("Origin").filter(cors::allows);
    if (origin.isPresent()) {
      headers.add(Map.entry(ALLOW_ORIGIN, cors.anyOrigin() ? "*" : origin.get()));
      if (cors.credentials()) {
        headers.add(Map.entry("Access-Control-Allow-Credentials", "true"));
      }
    }
    if (cors.answerDependsOnOrigin()) {
      headers.add(Map.entry("Vary", "Origin"));
    }
    return headers;
  }
}
