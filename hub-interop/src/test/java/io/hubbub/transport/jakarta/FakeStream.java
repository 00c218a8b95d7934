package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A stream that writes what a test says. */
final class FakeStream implements StreamSource {
  private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<ResponseControl> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  HttpResponse head() {
    return HttpResponse.of(200, "text/event-stream", ":\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void onOpen(ResponseControl control) {
    opened.complete(control);
  }

  @Override
  public ByteBuffer poll() {
    return queue.poll();
  }

  @Override
  public void onClosed(Throwable cause) {
    if (!(cause == null ? closed.complete(null) : closed.completeExceptionally(cause))) {
      throw new AssertionError("closed twice");
    }
  }

  void queue(String text) {
    queue.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    control().ready();
  }

  /** Whether the adapter has taken everything. */
  boolean isTaken() {
    return queue.isEmpty();
  }

  ResponseControl control() {
    return opened.join();
  }

  /** Fails with what was wrong. */
  CompletableFuture<Void> closed() {
    return closed;
  }
}
