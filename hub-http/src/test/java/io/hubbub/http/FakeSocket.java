package io.hubbub.http;

import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A WebSocket in memory. Threads: one. */
final class FakeSocket implements WebSocket {
  final HttpResponse head;
  final List<String> messages = new ArrayList<>();
  boolean reading = true;
  boolean writing;
  int closedWith;
  boolean aborted;
  private final WebSocketHandler handler;
  private boolean over;

  FakeSocket(HttpResponse head, WebSocketHandler handler) {
    this.head = head;
    this.handler = handler;
  }

  void open() {
    handler.onOpen(this);
  }

  CompletionStage<Void> receive(String text) {
    return handler.onBytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The client sends a close frame; the adapter answers it. */
  void close() {
    handler.onCloseFrame();
    outboundReady();
    vanish();
  }

  /** The socket is gone. */
  void vanish() {
    if (!over) {
      over = true;
      handler.onClosed(null);
    }
  }

  @Override
  public void outboundReady() {
    Payload next = handler.poll();
    while (next != null) {
      messages.add(new String(next.array(), StandardCharsets.UTF_8));
      next = reading ? handler.poll() : null;
    }
  }

  @Override
  public void close(int code) {
    outboundReady();
    closedWith = code;
  }

  @Override
  public boolean isWriting() {
    return writing;
  }

  @Override
  public void abort() {
    aborted = true;
    vanish();
  }
}
