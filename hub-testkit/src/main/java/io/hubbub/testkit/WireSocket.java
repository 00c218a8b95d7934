package io.hubbub.testkit;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket to a server under test.
 *
 * <p>Threads: one at a time.
 */
final class WireSocket implements WebSocket.Listener {
  static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}" + WireRecords.END;
  private static final int CUT = 1006;

  private final WireRecords records = new WireRecords();
  private final LinkedBlockingQueue<ByteBuffer> binary = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private volatile boolean reading = true;
  private @Nullable WebSocket socket;

  /** Opens a socket; fails with the status of the answer if it is refused. */
  static WireSocket open(WireHttp http, String path, String... headers) {
    WireSocket opened = new WireSocket();
    opened.socket =
        WireHttp.await(builder(http, headers).buildAsync(http.webSocketUri(path), opened));
    return opened;
  }

  /** Opens a socket and shakes hands for JSON. */
  static WireSocket connect(WireHttp http, String path, String... headers) {
    WireSocket opened = open(http, path, headers);
    opened.send(HANDSHAKE);
    if (!opened.records.next().equals("{}")) {
      throw new AssertionError("Expected the handshake to succeed");
    }
    return opened;
  }

  /** The status with which the server refuses a socket. */
  static int refusal(WireHttp http, String path, String... headers) {
    WireSocket refused = new WireSocket();
    try {
      builder(http, headers).buildAsync(http.webSocketUri(path), refused).join().abort();
      return 101;
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof WebSocketHandshakeException handshake) {
        return handshake.getResponse().statusCode();
      }
      throw failure;
    }
  }

  private static WebSocket.Builder builder(WireHttp http, String... headers) {
    HttpClient client = http.client();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder;
  }

  WireRecords records() {
    return records;
  }

  void send(String text) {
    WireHttp.await(socket().sendText(text, true));
  }

  /** Sends one message in two frames. */
  void sendInPieces(String text) {
    int half = text.length() / 2;
    WireHttp.await(socket().sendText(text.substring(0, half), false));
    WireHttp.await(socket().sendText(text.substring(half), true));
  }

  void send(byte[] bytes) {
    WireHttp.await(socket().sendBinary(ByteBuffer.wrap(bytes), true));
  }

  /** Calls a method whose arguments are texts. */
  void invoke(String id, String target, String... arguments) {
    send(invocation(id, target, arguments));
  }

  static String invocation(String id, String target, String... arguments) {
    String list = arguments.length == 0 ? "" : "\"" + String.join("\",\"", arguments) + "\"";
    return "{\"type\":1,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[%s]}%s"
        .formatted(id, target, list, WireRecords.END);
  }

  /** The next binary message. */
  ByteBuffer nextBinary() throws InterruptedException {
    ByteBuffer next = binary.poll(15, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Expected a binary message");
    }
    return next;
  }

  /** Sends a close frame. */
  void close(int code) {
    WireHttp.await(socket().sendClose(code, ""));
  }

  /** Cuts the connection without a close frame. */
  void cut() {
    socket().abort();
  }

  void stopReading() {
    reading = false;
  }

  /** The code of the server's close frame; 1006 if the connection was cut. */
  int closeCode() {
    return WireHttp.await(closed);
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket, "not open");
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    records.add(text);
    wantMore(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    binary.add(ByteBuffer.wrap(copy));
    wantMore(from);
    return null;
  }

  private void wantMore(WebSocket from) {
    if (reading) {
      from.request(1);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    records.end();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(CUT);
    records.end();
  }
}
