package io.hubbub.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes origins in one form, so that they can be compared. Threads: any. */
final class Origins {
  private Origins() {}

  /**
   * An origin from the configuration, in that form.
   *
   * @throws IllegalArgumentException if it is no origin
   */
  static String parse(String origin) {
    URI uri;
    try {
      uri = URI.create(origin);
    } catch (IllegalArgumentException notEvenAUri) {
      throw notAnOrigin(origin, notEvenAUri);
    }
    boolean plain =
        uri.getScheme() != null
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawPath().isEmpty();
    if (!plain) {
      throw notAnOrigin(origin, null);
    }
    return normalized(origin);
  }

  /** An origin as a browser sends it, in that form. */
  static String normalized(String origin) {
    String lowerCase = origin.toLowerCase(Locale.ROOT);
    if (lowerCase.startsWith("http://") && lowerCase.endsWith(":80")) {
      return lowerCase.substring(0, lowerCase.length() - ":80".length());
    }
    if (lowerCase.startsWith("https://") && lowerCase.endsWith(":443")) {
      return lowerCase.substring(0, lowerCase.length() - ":443".length());
    }
    return lowerCase;
  }

  private static IllegalArgumentException notAnOrigin(String origin, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "Expected an origin like https://app.example or http://localhost:8080, without path, but"
            + " found '"
            + origin
            + "'",
        cause);
  }
}
