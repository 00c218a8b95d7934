package io.hubbub.transport.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.interop.server.Container;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the adapter promises of a request, in every container, without hubs behind it. */
class ExchangesInContainersTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @AutoClose private FakeHubServer server;

  @ParameterizedTest
  @EnumSource(Container.class)
  void requestIsSeenAsItWasSent(Container container) throws Exception {
    List<String> seen = new ArrayList<>();
    start(
        container,
        exchange -> {
          seen.add(exchange.method() + " " + exchange.scheme() + " " + exchange.request().path());
          seen.addAll(exchange.request().query("ID"));
          seen.addAll(exchange.request().headers("x-TWICE"));
          seen.add(exchange.request().remoteAddress().orElseThrow().getHostString());
          exchange.respond(HttpResponse.empty(200, "text/plain"));
        });
    get("/hub/a%20b?id=1%2B1&id=%EC%B1%84&other", "X-Twice", "one", "X-Twice", "two");
    assertThat(seen).containsExactly("GET http /hub/a b", "1+1", "채", "one", "two", "127.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void answerLeavesExactlyAsGiven(Container container) throws Exception {
    byte[] body = "{\"a\":\"채\"}".getBytes(StandardCharsets.UTF_8);
    start(
        container,
        exchange ->
            exchange.respond(
                HttpResponse.of(200, "application/json", body)
                    .with("Cache-Control", "no-store")
                    .with("Vary", "Origin")));
    var response = get("/hub");
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Content-Length"))
        .containsExactly(String.valueOf(body.length));
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void plainTextGetsNoCharset(Container container) throws Exception {
    start(container, exchange -> exchange.respond(HttpResponse.text(404, "No Connection")));
    var response = get("/hub");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("text/plain");
    assertThat(response.body()).isEqualTo("No Connection".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void answerWithoutContentHasNone(Container container) throws Exception {
    start(container, exchange -> exchange.respond(HttpResponse.empty(204, "text/plain")));
    var response = get("/hub");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void answerMayComeLaterAndBeLong(Container container) throws Exception {
    byte[] body = new byte[4 << 20];
    start(
        container,
        exchange ->
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                .execute(
                    () ->
                        exchange.respond(HttpResponse.of(200, "application/octet-stream", body))));
    assertThat(get("/hub").body()).hasSize(body.length);
    assertThat(get("/hub").body()).as("the connection is used again").hasSize(body.length);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void bodyIsReadAsFastAsItsReaderWants(Container container) throws Exception {
    byte[] sent = new byte[1 << 20];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 17);
    }
    SlowReader reader = new SlowReader();
    start(container, exchange -> reader.read(exchange));
    var request = request("/hub").POST(BodyPublishers.ofByteArray(sent)).build();
    var response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(reader.read.toByteArray()).isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void emptyBodyEnds(Container container) throws Exception {
    SlowReader reader = new SlowReader();
    start(container, exchange -> reader.read(exchange));
    var request = request("/hub").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void streamIsFlushedPieceByPiece(Container container) throws Exception {
    FakeStream stream = new FakeStream();
    start(container, exchange -> exchange.stream(stream.head(), stream));
    var response = client.send(request("/hub").build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      assertThat(in.readNBytes(3)).isEqualTo(ascii(":\r\n"));
      for (int i = 0; i < 100; i++) {
        String piece = "data: " + i + "\r\n\r\n";
        stream.queue(piece);
        assertThat(in.readNBytes(piece.length())).isEqualTo(ascii(piece));
      }
      stream.queue("last");
      stream.control().end();
      assertThat(in.readAllBytes()).isEqualTo(ascii("last"));
    }
    stream.closed().get(15, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void streamOfALostClientEndsAndNothingIsWrong(Container container) throws Exception {
    FakeStream stream = new FakeStream();
    start(container, exchange -> exchange.stream(stream.head(), stream));
    var response = client.send(request("/hub").build(), BodyHandlers.ofInputStream());
    response.body().close();
    await()
        .until(
            () -> {
              // A container notices when it writes.
              stream.queue("data: ping\r\n\r\n");
              return stream.closed().isDone();
            });
    stream.closed().join();
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void lostClientsOfStreamsDisturbNobodyElse(Container container) throws Exception {
    BlockingQueue<FakeStream> streams = new LinkedBlockingQueue<>();
    start(container, exchange -> streamOrAnswer(exchange, streams));
    for (int i = 0; i < 30; i++) {
      client.send(request("/hub/stream").build(), BodyHandlers.ofInputStream()).body().close();
      FakeStream lost = streams.take();
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeUntilClosed(lost));
      do {
        var post = request("/hub").POST(BodyPublishers.ofString("x")).build();
        var answer = client.send(post, BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("plain");
      } while (!writing.isDone());
      writing.join();
      lost.closed().join();
    }
  }

  private static void streamOrAnswer(HttpExchange exchange, Queue<FakeStream> streams) {
    if (exchange.request().path().endsWith("stream")) {
      FakeStream stream = new FakeStream();
      exchange.stream(stream.head(), stream);
      streams.add(stream);
    } else {
      CompletableFuture.runAsync(() -> exchange.respond(HttpResponse.text(200, "plain")));
    }
  }

  private static void writeUntilClosed(FakeStream stream) {
    while (!stream.closed().isDone()) {
      // Not ahead of the container: one that is slow would fill the memory.
      if (stream.isTaken()) {
        stream.queue("data: ping\r\n\r\n");
      } else {
        Thread.yield();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void otherPathsAreTheApplications(Container container) throws Exception {
    start(
        container,
        exchange -> {
          throw new AssertionError("not ours");
        });
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  private void start(Container container, Consumer<HttpExchange> requests) {
    server = FakeHubServer.start(container, requests);
  }

  private java.net.http.HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Wants more only a little later, on another thread. */
  private static final class SlowReader {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    void read(HttpExchange exchange) {
      exchange.readBody(
          new BodyReader() {
            private int calls;

            @Override
            public CompletionStage<Void> onBytes(ByteBuffer bytes) {
              byte[] copy = new byte[bytes.remaining()];
              bytes.get(copy);
              read.writeBytes(copy);
              return ++calls % 3 == 0
                  ? CompletableFuture.runAsync(Thread::yield)
                  : CompletableFuture.completedFuture(null);
            }

            @Override
            public void onEnd() {
              exchange.respond(HttpResponse.empty(200, "text/plain"));
            }

            @Override
            public void onError(Throwable cause) {
              exchange.respond(HttpResponse.empty(400, "text/plain"));
            }
          });
    }
  }
}
