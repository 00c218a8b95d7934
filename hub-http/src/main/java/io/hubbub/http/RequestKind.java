package io.hubbub.http;

import java.util.Arrays;
import java.util.Locale;

/** What a request to a hub's own path asks for. Threads: any. */
enum RequestKind {
  WEB_SOCKET,
  EVENT_STREAM,
  POLL,
  POST,
  DELETE,
  OTHER;

  private static final String EVENT_STREAM_TYPE = "text/event-stream";

  static RequestKind of(HttpExchange exchange) {
    if (exchange.isWebSocketUpgrade()) {
      return WEB_SOCKET;
    }
    return switch (exchange.method()) {
      case "GET" -> acceptsEventStream(exchange) ? EVENT_STREAM : POLL;
      case "POST" -> POST;
      case "DELETE" -> DELETE;
      default -> OTHER;
    };
  }

  /** Whether one of the accepted types is exactly that of an event stream. */
  static boolean acceptsEventStream(HttpExchange exchange) {
    return exchange.method().equals("GET")
        && exchange.request().headers("Accept").stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .anyMatch(type -> mediaType(type).equals(EVENT_STREAM_TYPE));
  }

  private static String mediaType(String accepted) {
    int parameters = accepted.indexOf(';');
    String type = parameters < 0 ? accepted : accepted.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
