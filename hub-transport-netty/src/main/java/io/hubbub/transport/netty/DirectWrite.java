package io.hubbub.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the kernel's socket at once, past the channel's pipeline and outbound buffer: for a
 * small frame they cost as much as everything else of ours. Allowed while nothing waits in the
 * channel, whose bytes would be overtaken.
 *
 * <p>Threads: the channel's event loop.
 */
final class DirectWrite {
  private DirectWrite() {}

  /** The socket of a channel; null where bytes have to take the pipeline, as with TLS. */
  static @Nullable Socket socketOf(Channel channel) {
    return channel instanceof AbstractEpollStreamChannel epoll
            && epoll.fd() instanceof Socket socket
            && channel.pipeline().get(SslHandler.class) == null
        ? socket
        : null;
  }

  /**
   * Takes from a frame what the kernel has room for. A broken socket takes nothing: the channel
   * meets the same error with what is left, and deals with it.
   */
  static void write(Socket socket, ByteBuf frame) {
    if (!socket.isOpen()) {
      return;
    }
    try {
      frame.skipBytes(send(socket, frame));
    } catch (IOException broken) {
      // See above: whoever finds bytes left hands them to the channel.
    }
  }

  private static int send(Socket socket, ByteBuf frame) throws IOException {
    if (frame.hasMemoryAddress()) {
      return socket.sendAddress(frame.memoryAddress(), frame.readerIndex(), frame.writerIndex());
    }
    ByteBuffer bytes = frame.internalNioBuffer(frame.readerIndex(), frame.readableBytes());
    return socket.send(bytes, bytes.position(), bytes.limit());
  }
}
