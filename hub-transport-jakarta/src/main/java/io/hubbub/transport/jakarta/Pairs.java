package io.hubbub.transport.jakarta;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values whose names ignore case, kept flat: every connection keeps two of them.
 *
 * <p>Threads: immutable; any.
 */
final class Pairs {
  private static final Pairs NONE = new Pairs(List.of());

  /** Name, value, name, value, … */
  private final String[] flat;

  private Pairs(List<String> flat) {
    this.flat = flat.toArray(String[]::new);
  }

  /** Copies the headers of a request, which the container takes back afterwards. */
  static Pairs ofHeaders(jakarta.servlet.http.HttpServletRequest request) {
    List<String> flat = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        flat.add(name);
        flat.add(value);
      }
    }
    return new Pairs(flat);
  }

  /**
   * Decodes a query. The container's own parameters are left alone, because asking for them reads
   * the body of a form.
   */
  static Pairs ofQuery(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return NONE;
    }
    List<String> flat = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        flat.add(decoded(equals < 0 ? pair : pair.substring(0, equals)));
        flat.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return new Pairs(flat);
  }

  List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < flat.length; i += 2) {
      if (flat[i].equalsIgnoreCase(name)) {
        values.add(flat[i + 1]);
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      // As the original does: what is no escape stands for itself.
      return text;
    }
  }
}
