package io.hubbub.client.internal.transport;

import io.hubbub.client.internal.socket.ProxyCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * The HTTP requests of one connection: its headers, cookies and token on every one of them.
 *
 * <p>Threads: any; answers come on the shared workers.
 */
final class HttpCalls {
  static final byte[] NO_BODY = {};

  private static final int UNAUTHORIZED = 401;
  private static final String USER_AGENT =
      "Hubbub/0.1 (Java "
          + Runtime.version().feature()
          + "; "
          + System.getProperty("os.name")
          + ")";

  private final HttpClient client;
  private final HttpSettings settings;

  HttpCalls(HttpSettings settings, HttpClients clients) {
    this.settings = settings;
    this.client = clients.forNetwork(settings.network());
  }

  /** One request to come. */
  record Call(String method, URI uri, String accept, byte[] body, Duration timeout) {
    static Call of(String method, URI uri, Duration timeout) {
      return new Call(method, uri, "*/*", NO_BODY, timeout);
    }

    static Call post(URI uri, byte[] body, Duration timeout) {
      return new Call("POST", uri, "*/*", body, timeout);
    }

    Call accepting(String mediaType) {
      return new Call(method, uri, mediaType, body, timeout);
    }

    private BodyPublisher publisher() {
      return method.equals("GET") || method.equals("DELETE")
          ? BodyPublishers.noBody()
          : BodyPublishers.ofByteArray(body);
    }
  }

  /** Where answers are handled. */
  Executor workers() {
    return client.executor().orElseThrow();
  }

  HttpSettings settings() {
    return settings;
  }

  /** A request with the token in use; once more with a fresh one if it is refused with 401. */
  <T> CompletableFuture<HttpResponse<T>> send(Call call, AccessTokens tokens, BodyHandler<T> body) {
    return tokens
        .current()
        .thenCompose(token -> sendOnce(call, token, body))
        .thenCompose(
            response ->
                response.statusCode() == UNAUTHORIZED && tokens.canChange()
                    ? tokens.fresh().thenCompose(token -> sendOnce(call, token, body))
                    : CompletableFuture.completedFuture(response));
  }

  <T> CompletableFuture<HttpResponse<T>> sendOnce(Call call, String token, BodyHandler<T> body) {
    return client
        .sendAsync(request(call, token), body)
        .thenApply(
            response -> {
              keepCookies(call.uri(), response.headers().map());
              return response;
            });
  }

  private HttpRequest request(Call call, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), call.publisher())
            .timeout(call.timeout())
            .setHeader("User-Agent", USER_AGENT)
            .setHeader("Accept", call.accept())
            .setHeader("X-Requested-With", "XMLHttpRequest");
    addHeaders(call.uri(), token, request::setHeader);
    ProxyCredentials credentials = settings.network().credentials();
    if (credentials != null) {
      // The JVM's client leaves it out where there is no proxy.
      request.setHeader(ProxyCredentials.HEADER, credentials.basic());
    }
    if (call.body().length > 0) {
      request.setHeader("Content-Type", "application/octet-stream");
    }
    return request.build();
  }

  /** The application's headers, its cookies and the token. */
  void addHeaders(URI uri, String token, BiConsumer<String, String> header) {
    settings.headers().forEach(header);
    if (!token.isEmpty()) {
      header.accept("Authorization", "Bearer " + token);
    }
    try {
      List<String> values = settings.cookies().get(uri, Map.of()).getOrDefault("Cookie", List.of());
      if (!values.isEmpty()) {
        header.accept("Cookie", String.join("; ", values));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The cookie handler failed", e);
    }
  }

  void keepCookies(URI uri, Map<String, List<String>> headers) {
    try {
      settings.cookies().put(uri, headers);
    } catch (IOException e) {
      throw new UncheckedIOException("The cookie handler failed", e);
    }
  }
}
