package io.hubbub.client.internal.socket;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who asks a proxy.
 *
 * @param user the name
 * @param password never shown by {@link #toString}
 */
public record ProxyCredentials(String user, String password) {
  /** The header that carries them; it goes to proxies only. */
  public static final String HEADER = "Proxy-Authorization";

  /** The header's value. */
  public String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "ProxyCredentials[user=" + user + "]";
  }
}
