package io.hubbub.client.internal.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket without encryption. Threads: as {@link Pipe}. */
final class PlainPipe implements Pipe {
  private final SocketChannel channel;

  PlainPipe(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return Pipe.read(channel, target);
  }

  @Override
  public boolean write(ByteBuffer[] sources) throws IOException {
    channel.write(sources);
    return !sources[sources.length - 1].hasRemaining();
  }

  @Override
  public boolean hasBufferedInput() {
    return false;
  }
}
