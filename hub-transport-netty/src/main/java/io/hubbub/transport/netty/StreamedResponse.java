package io.hubbub.transport.netty;

import io.hubbub.http.StreamSource;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer that is written little by little: polls its source until that is empty, and goes on
 * only when what it wrote has left for the kernel.
 *
 * <p>Threads: {@link StreamSource.ResponseControl}'s methods any, the rest the event loop, which
 * guards the fields unless they say otherwise.
 */
final class StreamedResponse implements StreamSource.ResponseControl {
  private final HttpConnection connection;
  private final Channel channel;
  private final StreamSource source;

  /** A pump is scheduled. Any thread. */
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** To be ended when the source is empty. Any thread. */
  private volatile boolean ending;

  /** Bytes that were polled have not left yet. Read by any thread. */
  private volatile boolean blocked;

  private boolean ended;

  StreamedResponse(HttpConnection connection, StreamSource source) {
    this.connection = connection;
    this.channel = connection.channel();
    this.source = source;
  }

  void start(HttpResponse head, byte[] body) {
    channel.write(head);
    if (body.length > 0) {
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
    }
    channel.flush();
    source.onOpen(this);
    pump();
  }

  @Override
  public void ready() {
    if (scheduled.compareAndSet(false, true)) {
      connection.onEventLoop(() -> channel.eventLoop().execute(this::pump));
    }
  }

  @Override
  public void end() {
    ending = true;
    ready();
  }

  @Override
  public boolean isWriting() {
    return blocked;
  }

  @Override
  public void abort() {
    channel.close();
  }

  private void pump() {
    scheduled.set(false);
    if (blocked || ended) {
      return;
    }
    boolean last = ending;
    for (ByteBuffer next = source.poll(); next != null; next = source.poll()) {
      channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(next)));
      if (UnsentBytes.waitIn(channel)) {
        block();
        return;
      }
    }
    if (last) {
      finish();
    }
  }

  private void block() {
    blocked = true;
    connection.awaitWrite();
    ChannelPromise left = channel.newPromise();
    left.addListener(
        done -> {
          blocked = false;
          connection.onWritten();
          pump();
        });
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER, left);
  }

  private void finish() {
    ended = true;
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            done -> {
              connection.onAnswered();
              source.onClosed(null);
            });
  }

  /** The client has gone. */
  void onGone() {
    if (!ended) {
      ended = true;
      source.onClosed(null);
    }
  }
}
