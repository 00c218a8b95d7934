package io.hubbub.client.internal.transport;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one connection, in memory. Most servers set none, and then nothing is kept.
 *
 * <p>Threads: any.
 */
public final class ConnectionCookies extends CookieHandler {
  private static final String SET_COOKIE = "Set-Cookie";

  /** Made by the first cookie. Written under this, read anywhere. */
  private volatile @Nullable CookieManager jar;

  @Override
  public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders)
      throws IOException {
    CookieManager known = jar;
    return known == null ? Map.of() : known.get(uri, requestHeaders);
  }

  @Override
  public void put(URI uri, Map<String, List<String>> responseHeaders) throws IOException {
    if (responseHeaders.keySet().stream().anyMatch(SET_COOKIE::equalsIgnoreCase)) {
      filled().put(uri, responseHeaders);
    }
  }

  private synchronized CookieManager filled() {
    CookieManager known = jar;
    if (known == null) {
      known = new CookieManager();
      jar = known;
    }
    return known;
  }
}
