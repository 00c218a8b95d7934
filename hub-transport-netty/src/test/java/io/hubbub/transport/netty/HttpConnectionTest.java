package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConnectionTest {
  private final LinkedBlockingQueue<HttpExchange> held = new LinkedBlockingQueue<>();
  private @Nullable Listener listener;

  @AfterEach
  void stop() {
    if (listener != null) {
      listener.stopAccepting();
      listener.stop().toCompletableFuture().join();
    }
  }

  private RawClient connect() throws Exception {
    return connect(HttpLimits.DEFAULT);
  }

  private RawClient connect(HttpLimits limits) throws Exception {
    if (listener == null) {
      listener =
          Listener.start(
              Sockets.of(IoTransport.AUTOMATIC),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              1,
              new ListenerSettings(
                  new YieldingExecutor(Runnable::run),
                  List.of(this::handle),
                  limits,
                  Forwarding.NONE,
                  null));
    }
    return RawClient.to(((InetSocketAddress) listener.address()).getPort());
  }

  private boolean handle(HttpExchange exchange) {
    switch (exchange.request().path()) {
      case "/hello" -> exchange.respond(HttpResponse.text(200, "hello"));
      case "/echo" -> exchange.readBody(new Echo(exchange));
      case "/hold" -> held.add(exchange);
      case "/break" -> throw new IllegalStateException("broken on purpose");
      case "/query" ->
          exchange.respond(HttpResponse.text(200, String.join("|", exchange.request().query("a"))));
      case "/kind" ->
          exchange.respond(HttpResponse.text(200, "upgrade " + exchange.isWebSocketUpgrade()));
      case "/count" ->
          exchange.stream(
              HttpResponse.text(200, "from "), new Counting(exchange.request().query("to").get(0)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String body) {
    return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static void assertAnswer(RawClient client, int status, String body) throws Exception {
    assertThat(client.readHead())
        .startsWith("HTTP/1.1 " + status + ' ')
        .containsIgnoringCase("content-length: " + body.length());
    assertThat(client.readText(body.length())).isEqualTo(body);
  }

  @Test
  void connectionIsKeptForRequestAfterRequest() throws Exception {
    try (RawClient client = connect()) {
      for (int i = 0; i < 5; i++) {
        client.send(get("/hello"));
        assertAnswer(client, 200, "hello");
        client.send(get("/nobody's"));
        assertAnswer(client, 404, "");
        client.send(post("some body"));
        assertAnswer(client, 200, "some body");
        client.send(get("/count?to=3"));
        assertThat(client.readHead()).containsIgnoringCase("transfer-encoding: chunked");
        assertThat(
                client.readText("5\r\nfrom \r\n1\r\n1\r\n1\r\n2\r\n1\r\n3\r\n0\r\n\r\n".length()))
            .isEqualTo("5\r\nfrom \r\n1\r\n1\r\n1\r\n2\r\n1\r\n3\r\n0\r\n\r\n");
      }
    }
  }

  @Test
  void semicolonsInAQueryAreNoSeparators() throws Exception {
    try (RawClient client = connect()) {
      client.send(get("/query?a=1;b=2&A=%20x"));
      assertAnswer(client, 200, "1;b=2| x");
    }
  }

  @ParameterizedTest
  @CsvSource({"dGhlIHNhbXBsZSBub25jZQ==,true", "abc,false", "dGhlIHNhbXBsZSBub25j****,false"})
  void onlyAKeyOfSixteenBytesMakesAWebSocketUpgrade(String key, boolean upgrade) throws Exception {
    try (RawClient client = connect()) {
      client.send(
          "GET /kind HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
              + key
              + "\r\n\r\n");
      assertAnswer(client, 200, "upgrade " + upgrade);
    }
  }

  @Test
  void requestsSentTogetherAreAnsweredInOrder() throws Exception {
    try (RawClient client = connect()) {
      client.send(get("/hello") + post("one") + get("/nobody's") + post("two") + get("/hello"));
      assertAnswer(client, 200, "hello");
      assertAnswer(client, 200, "one");
      assertAnswer(client, 404, "");
      assertAnswer(client, 200, "two");
      assertAnswer(client, 200, "hello");
    }
  }

  @Test
  void bodyThatComesByteByByteIsRead() throws Exception {
    try (RawClient client = connect()) {
      for (char next : post("slowly").toCharArray()) {
        client.send(String.valueOf(next));
      }
      assertAnswer(client, 200, "slowly");
    }
  }

  @Test
  void bodyThatNobodyReadsIsSkipped() throws Exception {
    try (RawClient client = connect()) {
      String body = "x".repeat(100_000);
      client.send(
          "POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body
              + get("/hello"));
      assertAnswer(client, 200, "hello");
      assertAnswer(client, 200, "hello");
    }
  }

  @Test
  void clientIsToldToGoOnBeforeItsBody() throws Exception {
    try (RawClient client = connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
      client.send("ok");
      assertAnswer(client, 200, "ok");
    }
  }

  @Test
  void clientThatGoesAwayIsNoticedWhileItsAnswerIsAwaited() throws Exception {
    CompletableFuture<Void> aborted = new CompletableFuture<>();
    try (RawClient client = connect()) {
      client.send(get("/hold"));
      HttpExchange exchange = held.poll(20, TimeUnit.SECONDS);
      assertThat(exchange).isNotNull();
      exchange.onAborted(() -> aborted.complete(null));
      assertThat(aborted).isNotDone();
    }
    assertThat(aborted).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void failingSiteAnswers500AndTheConnectionGoesOn() throws Exception {
    try (RawClient client = connect()) {
      client.send(get("/break"));
      assertAnswer(client, 500, "");
      client.send(get("/hello"));
      assertAnswer(client, 200, "hello");
    }
  }

  @Test
  void connectionEndsWhenTheClientWantsIt() throws Exception {
    try (RawClient client = connect()) {
      client.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertAnswer(client, 200, "hello");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void streamToAnOldClientEndsWithTheConnection() throws Exception {
    try (RawClient client = connect()) {
      client.send("GET /count?to=2 HTTP/1.0\r\n\r\n");
      assertThat(client.readHead()).doesNotContainIgnoringCase("chunked");
      assertThat(client.readText("from 12".length())).isEqualTo("from 12");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void headsThatAreTooLongAreRefused() throws Exception {
    HttpLimits small = HttpLimits.DEFAULT.withHead(100, 200);
    try (RawClient client = connect(small)) {
      client.send(get("/" + "x".repeat(200)));
      assertThat(client.readHead()).startsWith("HTTP/1.1 414 ");
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient client = connect(small)) {
      client.send("GET /hello HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(300) + "\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    try (RawClient client = connect()) {
      client.send("nonsense\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void slowHeadersAndSlowBodiesAreCut() throws Exception {
    Duration short_ = Duration.ofMillis(50);
    HttpLimits hasty = HttpLimits.DEFAULT.withTimeouts(short_, short_, short_);
    try (RawClient head = connect(hasty);
        RawClient body = connect(hasty)) {
      head.send("GET /hello HTT");
      body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe");
      assertThat(head.isAtEnd()).isTrue();
      assertThat(body.isAtEnd()).isTrue();
    }
  }

  @Test
  void requestThatWaitsForItsAnswerIsNotCut() throws Exception {
    Duration short_ = Duration.ofMillis(1);
    HttpLimits hasty = HttpLimits.DEFAULT.withTimeouts(Duration.ofSeconds(30), short_, short_);
    try (RawClient waiting = connect(hasty);
        RawClient idle = connect(hasty)) {
      waiting.send(get("/hold"));
      HttpExchange exchange = held.poll(20, TimeUnit.SECONDS);
      assertThat(exchange).isNotNull();
      idle.send(get("/hello"));
      assertAnswer(idle, 200, "hello");
      assertThat(idle.isAtEnd()).as("the next tick has passed").isTrue();
      exchange.respond(HttpResponse.text(200, "late"));
      assertAnswer(waiting, 200, "late");
    }
  }

  @Test
  void connectionsBeyondTheLimitAreRefused() throws Exception {
    HttpLimits one = HttpLimits.DEFAULT.withMaxConnections(1);
    try (RawClient first = connect(one)) {
      first.send(get("/hello"));
      assertAnswer(first, 200, "hello");
      try (RawClient second = connect(one)) {
        assertThat(second.isAtEnd()).isTrue();
      }
      first.send(get("/hello"));
      assertAnswer(first, 200, "hello");
    }
  }

  /** Answers a request with its own body. */
  private static final class Echo implements BodyReader {
    private final HttpExchange exchange;
    private final StringBuilder body = new StringBuilder();

    Echo(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      body.append(StandardCharsets.UTF_8.decode(bytes));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd() {
      exchange.respond(HttpResponse.text(200, body.toString()));
    }

    @Override
    public void onError(Throwable cause) {}
  }

  /** Counts, one piece a number. */
  private static final class Counting implements StreamSource {
    private final int last;
    private int next = 1;
    private @Nullable ResponseControl control;

    Counting(String last) {
      this.last = Integer.parseInt(last);
    }

    @Override
    public void onOpen(ResponseControl response) {
      control = response;
      response.ready();
    }

    @Override
    public @Nullable ByteBuffer poll() {
      if (next > last) {
        if (control != null) {
          control.end();
        }
        return null;
      }
      return ByteBuffer.wrap(Integer.toString(next++).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {}
  }
}
