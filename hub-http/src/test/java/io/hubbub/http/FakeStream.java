package io.hubbub.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An answer written little by little, in memory. Threads: one. */
final class FakeStream implements StreamSource.ResponseControl {
  final HttpResponse head;
  final StringBuilder text = new StringBuilder();
  boolean reading = true;
  boolean ended;
  boolean aborted;
  private final StreamSource source;

  FakeStream(HttpResponse head, StreamSource source) {
    this.head = head;
    this.source = source;
    text.append(new String(head.body(), StandardCharsets.UTF_8));
  }

  void open() {
    source.onOpen(this);
  }

  /** The client goes away. */
  void goAway() {
    source.onClosed(null);
  }

  @Override
  public void ready() {
    ByteBuffer next = source.poll();
    while (next != null) {
      text.append(StandardCharsets.UTF_8.decode(next));
      next = reading ? source.poll() : null;
    }
  }

  @Override
  public void end() {
    ready();
    ended = true;
    source.onClosed(null);
  }

  @Override
  public void abort() {
    aborted = true;
    source.onClosed(null);
  }
}
