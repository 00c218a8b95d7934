package io.hubbub.transport.netty;

import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A site whose WebSockets do what tests say. */
final class FakeSite implements Site {
  private static final Runnable NOTHING = () -> {};

  final LinkedBlockingQueue<Handler> opened = new LinkedBlockingQueue<>();
  final Queue<Handler> all = new ConcurrentLinkedQueue<>();

  @Override
  public boolean handle(HttpExchange exchange) {
    if (!exchange.isWebSocketUpgrade()) {
      return false;
    }
    exchange.upgrade(HttpResponse.empty(101), new Handler());
    return true;
  }

  static Payload text(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
  }

  /** Keeps what comes, sends what it is given. */
  final class Handler implements WebSocketHandler {
    final Queue<Payload> waiting = new ConcurrentLinkedQueue<>();
    final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
    final CompletableFuture<Void> closeFrame = new CompletableFuture<>();
    final AtomicInteger polls = new AtomicInteger();
    volatile CompletableFuture<Void> demand = CompletableFuture.completedFuture(null);
    volatile @Nullable WebSocket socket;

    /** Runs once, in the next poll that finds nothing. */
    volatile Runnable whenEmpty = NOTHING;

    @Override
    public void onOpen(WebSocket open) {
      socket = open;
      all.add(this);
      opened.add(this);
    }

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      // Before the test hears of them and sets the next one.
      CompletableFuture<Void> taken = demand;
      heard.add(StandardCharsets.UTF_8.decode(bytes).toString());
      return taken;
    }

    @Override
    public @Nullable Payload poll() {
      polls.incrementAndGet();
      Payload next = waiting.poll();
      if (next == null) {
        Runnable once = whenEmpty;
        whenEmpty = NOTHING;
        once.run();
      }
      return next;
    }

    @Override
    public void onCloseFrame() {
      closeFrame.complete(null);
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
      closed.complete(cause);
    }

    void send(Payload... payloads) {
      for (Payload payload : payloads) {
        waiting.add(payload);
      }
      open().outboundReady();
    }

    WebSocket open() {
      WebSocket known = socket;
      if (known == null) {
        throw new AssertionError("Expected an open socket");
      }
      return known;
    }
  }
}
