package io.hubbub.client.internal.transport;

import io.hubbub.client.AccessTokenProvider;
import io.hubbub.client.internal.socket.ProxyCredentials;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How requests are made.
 *
 * @param url the hub's address, http or https
 * @param headers sent with every request
 * @param tokens gives bearer tokens; null for none
 * @param cookies keeps cookies
 * @param network proxy and TLS
 * @param timeout how long an answer may take; polls have their own
 */
public record HttpSettings(
    URI url,
    Map<String, String> headers,
    @Nullable AccessTokenProvider tokens,
    CookieHandler cookies,
    Network network,
    Duration timeout) {

  /**
   * What decides which connections can share sockets and threads.
   *
   * @param proxy chooses the proxy; null for the JVM's own choice
   * @param credentials for the proxy; null for none
   * @param tls keys and trust; null for the JVM's default
   */
  public record Network(
      @Nullable ProxySelector proxy,
      @Nullable ProxyCredentials credentials,
      @Nullable SSLContext tls) {}
}
