package io.hubbub.transport.jakarta;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Records what an adapter calls, and answers demands when the test says so. */
final class FakeSocket implements WebSocketHandler {
  private static final int KEEP = 4 << 20;

  private final Queue<Payload> outbound = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final AtomicLong count = new AtomicLong();
  private final AtomicInteger closeFrames = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
  private volatile CompletableFuture<Void> demand = CompletableFuture.completedFuture(null);
  private volatile Throwable cause;
  private volatile Payload endless;

  @Override
  public void onOpen(WebSocket socket) {
    opened.complete(socket);
  }

  @Override
  public CompletionStage<Void> onBytes(ByteBuffer bytes) {
    if (closed.isDone()) {
      throw new AssertionError("bytes after the end");
    }
    count.addAndGet(bytes.remaining());
    synchronized (received) {
      if (received.size() < KEEP) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
      }
    }
    return demand;
  }

  @Override
  public Payload poll() {
    Payload next = outbound.poll();
    return next == null ? endless : next;
  }

  @Override
  public void onCloseFrame() {
    closeFrames.incrementAndGet();
  }

  @Override
  public void onClosed(Throwable why) {
    cause = why;
    if (!closed.complete(null)) {
      throw new AssertionError("closed twice");
    }
  }

  void queue(Payload payload) {
    outbound.add(payload);
    socket().outboundReady();
  }

  /** Writes the same until the socket ends. */
  void writeForEver(Payload payload) {
    endless = payload;
    socket().outboundReady();
  }

  WebSocket socket() {
    return opened.join();
  }

  CompletableFuture<Void> holdDemand() {
    CompletableFuture<Void> held = new CompletableFuture<>();
    demand = held;
    return held;
  }

  void releaseDemand(CompletableFuture<Void> held) {
    demand = CompletableFuture.completedFuture(null);
    held.complete(null);
  }

  byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  String receivedText() {
    return new String(received(), StandardCharsets.UTF_8);
  }

  long count() {
    return count.get();
  }

  int closeFrames() {
    return closeFrames.get();
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  Throwable cause() {
    return cause;
  }
}
