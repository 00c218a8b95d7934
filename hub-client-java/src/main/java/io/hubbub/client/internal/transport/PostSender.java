package io.hubbub.client.internal.transport;

import io.hubbub.client.spi.Transport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way up for transports whose connection only comes down: one POST for what there is to send.
 *
 * <p>Threads: as {@link Transport#send}, so that POSTs never overlap.
 */
final class PostSender {
  private static final int ANSWER_LIMIT = 64 * 1024;

  private final HttpCalls http;
  private final HubEndpoint endpoint;

  PostSender(HttpCalls http, HubEndpoint endpoint) {
    this.http = http;
    this.endpoint = endpoint;
  }

  CompletionStage<Void> send(byte[] bytes) {
    Duration timeout = http.settings().timeout();
    HttpCalls.Call call = HttpCalls.Call.post(endpoint.url(), bytes, timeout);
    return http.send(call, endpoint.tokens(), BoundedBody.answer(ANSWER_LIMIT, call.timeout()))
        .thenCompose(PostSender::accepted);
  }

  private static CompletionStage<Void> accepted(HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 == 2) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.failedFuture(
        new IOException(
            "Expected the server to take a POST, but it answered " + response.statusCode()));
  }
}
