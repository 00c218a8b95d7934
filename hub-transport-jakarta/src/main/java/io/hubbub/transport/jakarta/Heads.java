package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Writes the head of an answer. */
final class Heads {
  private Heads() {}

  static void write(HttpResponse answer, HttpServletResponse response) {
    response.setStatus(answer.status());
    for (Map.Entry<String, String> header : answer.headers()) {
      response.addHeader(header.getKey(), header.getValue());
      if (header.getKey().equalsIgnoreCase("Content-Type")
          && !header.getValue().contains("charset")) {
        // Jetty adds a charset of its own to plain text.
        response.setCharacterEncoding((String) null);
      }
    }
  }
}
