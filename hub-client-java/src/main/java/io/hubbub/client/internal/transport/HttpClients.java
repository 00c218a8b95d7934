package io.hubbub.client.internal.transport;

import java.lang.ref.WeakReference;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client for all connections that share proxy and TLS settings, because each has a thread
 * of its own. It lives as long as somebody uses it.
 *
 * <p>Threads: any.
 */
final class HttpClients {
  private final Executor executor;

  // Guarded by this.
  private final Map<HttpSettings.Network, WeakReference<HttpClient>> clients = new HashMap<>();

  HttpClients(Executor executor) {
    this.executor = executor;
  }

  synchronized HttpClient forNetwork(HttpSettings.Network network) {
    WeakReference<HttpClient> known = clients.get(network);
    HttpClient client = known == null ? null : known.get();
    if (client == null) {
      client = create(network);
      clients.values().removeIf(reference -> reference.get() == null);
      clients.put(network, new WeakReference<>(client));
    }
    return client;
  }

  private HttpClient create(HttpSettings.Network network) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .executor(executor)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    @Nullable ProxySelector proxy = network.proxy();
    if (proxy != null) {
      builder.proxy(proxy);
    }
    @Nullable SSLContext tls = network.tls();
    if (tls != null) {
      builder.sslContext(tls);
    }
    return builder.build();
  }
}
