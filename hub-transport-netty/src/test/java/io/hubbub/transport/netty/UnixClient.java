package io.hubbub.transport.netty;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of a Unix domain socket. */
final class UnixClient implements AutoCloseable {
  private final SocketChannel channel;

  private UnixClient(SocketChannel channel) {
    this.channel = channel;
  }

  static UnixClient to(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    return new UnixClient(channel);
  }

  /** Sends a request; the beginning of its answer. */
  String exchange(String request) throws IOException {
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer answer = ByteBuffer.allocate(1024);
    channel.read(answer);
    return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
