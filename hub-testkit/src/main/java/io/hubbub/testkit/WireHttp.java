package io.hubbub.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plain HTTP requests to a server under test.
 *
 * <p>Threads: any.
 */
final class WireHttp {
  /** How long anything is awaited. */
  static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  WireHttp(URI base) {
    this.base = base;
  }

  HttpClient client() {
    return client;
  }

  URI uri(String path) {
    return URI.create(base + path);
  }

  URI webSocketUri(String path) {
    return URI.create(uri(path).toString().replaceFirst("^http", "ws"));
  }

  /**
   * Sends a request.
   *
   * @param headers names and values in turn
   */
  CompletableFuture<HttpResponse<String>> start(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, body).timeout(TIMEOUT);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    return await(start(method, path, BodyPublishers.noBody(), headers));
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /**
   * Begins to poll. A server may still be busy with the answer to a former poll that the client has
   * read already, and takes only one further poll meanwhile: the one it refuses is sent again.
   */
  CompletableFuture<HttpResponse<String>> startPoll(String path) {
    return start("GET", path, BodyPublishers.noBody())
        .thenCompose(
            answer ->
                answer.statusCode() == 409
                    ? startPoll(path)
                    : CompletableFuture.completedFuture(answer));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return await(start("POST", path, BodyPublishers.ofString(body), headers));
  }

  JsonNode negotiate(String hub, String query, String... headers) {
    return json(post(hub + "/negotiate?" + query, "", headers).body());
  }

  /** The path of a hub with the token of a new connection. */
  String connect(String hub, String... headers) {
    JsonNode answer = negotiate(hub, "negotiateVersion=1&useStatefulReconnect=true", headers);
    return hub + "?id=" + answer.get("connectionToken").asText();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected JSON, but found " + text, e);
    }
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError("Expected an answer", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", interrupted);
    }
  }
}
