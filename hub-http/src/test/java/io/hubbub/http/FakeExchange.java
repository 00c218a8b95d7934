package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import io.hubbub.spi.Identity;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request in memory, and what it is answered. Threads: one. */
final class FakeExchange implements HttpExchange, ConnectionRequest {
  private final String method;
  private final URI uri;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Optional<InetSocketAddress> address;
  private final List<byte[]> body = new ArrayList<>();
  private Identity identity = Identity.ANONYMOUS;
  private String scheme = "http";
  private boolean upgrade;
  private Runnable onAborted = () -> {};

  HttpResponse response;
  FakeStream stream;
  FakeSocket socket;
  BodyReader reader;
  CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  int answers;
  boolean aborted;
  boolean opensUpgrades = true;

  FakeExchange(String method, String uri) {
    this.method = method;
    this.uri = URI.create(uri);
    this.address =
        Optional.of(InetSocketAddress.createUnresolved("192.0.2.1", 5000))
            .map(peer -> new InetSocketAddress("192.0.2.1", 5000));
  }

  FakeExchange header(String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    return this;
  }

  FakeExchange as(Identity identity) {
    this.identity = identity;
    return this;
  }

  FakeExchange over(String scheme) {
    this.scheme = scheme;
    return this;
  }

  FakeExchange upgrading() {
    this.upgrade = true;
    return this;
  }

  FakeExchange body(String... pieces) {
    for (String piece : pieces) {
      body.add(piece.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** The answer takes until the test completes {@link #written}. */
  FakeExchange slowToRead() {
    written = new CompletableFuture<>();
    return this;
  }

  /** The client goes away. */
  void goAway() {
    onAborted.run();
  }

  boolean isAnswered() {
    return response != null || stream != null || socket != null;
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  Optional<String> answered(String header) {
    return head().headers().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(header))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private HttpResponse head() {
    return response != null ? response : stream != null ? stream.head : socket.head;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public ConnectionRequest request() {
    return this;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return upgrade;
  }

  @Override
  public void readBody(BodyReader reader) {
    this.reader = reader;
    readOn(0);
  }

  private void readOn(int piece) {
    if (piece == body.size()) {
      reader.onEnd();
      return;
    }
    reader
        .onBytes(ByteBuffer.wrap(body.get(piece)))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                readOn(piece + 1);
              }
            });
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse answer) {
    answers++;
    if (isAnswered()) {
      throw new IllegalStateException("answered twice: " + answer.status());
    }
    response = answer;
    return written;
  }

  @Override
  public void abort() {
    aborted = true;
    written.complete(null);
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    stream = new FakeStream(head, source);
    stream.open();
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    socket = new FakeSocket(head, handler);
    if (opensUpgrades) {
      socket.open();
    }
  }

  @Override
  public void onAborted(Runnable action) {
    onAborted = action;
  }

  @Override
  public String path() {
    return uri.getPath();
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public List<String> query(String name) {
    List<String> values = new ArrayList<>();
    String query = uri.getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts[0].toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        values.add(parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return address;
  }
}
