package io.hubbub.client.internal.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a socket, with or without encryption. Blocking while the socket is opened, never
 * afterwards.
 *
 * <p>Threads: one reader and one writer, which may be two threads.
 */
interface Pipe {
  /** Reads what is there. -1 at the end, 0 when nothing is there. */
  int read(ByteBuffer target) throws IOException;

  /** Writes what the socket takes. Whether that was everything; if not, it is called again. */
  boolean write(ByteBuffer[] sources) throws IOException;

  /** Whether a read may bring something although the socket has nothing. */
  boolean hasBufferedInput();

  /** Reads from a channel; with the socket's time limit while the channel is in blocking mode. */
  static int read(SocketChannel channel, ByteBuffer target) throws IOException {
    if (!channel.isBlocking()) {
      return channel.read(target);
    }
    // A channel has no time limit, but its socket's stream has.
    int at = target.arrayOffset() + target.position();
    int count = channel.socket().getInputStream().read(target.array(), at, target.remaining());
    target.position(target.position() + Math.max(0, count));
    return count;
  }
}
