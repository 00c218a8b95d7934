package io.hubbub.client.internal.transport;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The addresses of a hub's requests, made out of the hub's own address and query. Threads: any. */
public final class Urls {
  private Urls() {}

  /** Whether a hub can be there. */
  public static boolean isHttp(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
  }

  static URI negotiate(URI hub, boolean statefulReconnect) {
    URI url = hub;
    if (!hasParameter(hub, "negotiateVersion")) {
      url = withParameter(url, "negotiateVersion", "1");
    }
    if (statefulReconnect && !hasParameter(hub, "useStatefulReconnect")) {
      url = withParameter(url, "useStatefulReconnect", "true");
    }
    return under(url, "negotiate");
  }

  static URI refresh(URI hub, String connectionToken) {
    return under(withParameter(hub, "id", connectionToken), "refresh");
  }

  static URI connection(URI hub, String connectionToken) {
    return withParameter(hub, "id", connectionToken);
  }

  static URI webSocket(URI url) {
    String text = url.toString();
    return URI.create("ws" + text.substring("http".length()));
  }

  static URI poll(URI connection, long cacheBuster) {
    return withParameter(connection, "_", Long.toString(cacheBuster));
  }

  private static URI under(URI url, String name) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String query = url.getRawQuery();
    String separator = path.endsWith("/") ? "" : "/";
    return URI.create(
        url.getScheme()
            + "://"
            + url.getRawAuthority()
            + path
            + separator
            + name
            + (query == null ? "" : "?" + query));
  }

  private static URI withParameter(URI url, String name, String value) {
    String text = url.toString();
    int fragment = text.indexOf('#');
    String base = fragment < 0 ? text : text.substring(0, fragment);
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(base + (base.indexOf('?') < 0 ? '?' : '&') + name + '=' + encoded);
  }

  private static boolean hasParameter(URI url, String name) {
    String query = url.getRawQuery();
    if (query == null) {
      return false;
    }
    String wanted = name.toLowerCase(Locale.ROOT) + "=";
    for (String pair : query.split("&")) {
      if (pair.toLowerCase(Locale.ROOT).startsWith(wanted)) {
        return true;
      }
    }
    return false;
  }
}
