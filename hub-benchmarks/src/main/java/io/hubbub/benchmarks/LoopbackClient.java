package io.hubbub.benchmarks;

import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client over loopback that allocates nothing while it runs, so that what a benchmark
 * counts in its process is the server's.
 *
 * <p>Threads: one.
 */
final class LoopbackClient implements AutoCloseable {
  private static final String UPGRADE =
      """
      GET /bench HTTP/1.1\r
      Host: 127.0.0.1\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private static final byte END_OF_HEAD = '\n';
  private static final int BINARY = 0x82;
  private static final int TEXT = 0x81;
  private static final int SHORT = 0x7f;
  private static final int SHORTEST_LONG = 126;

  private final SocketChannel socket;

  /** Between two reads it is readable. */
  private final ByteBuffer received = ByteBuffer.allocateDirect(4096).limit(0);

  private final ByteBuffer call;

  private LoopbackClient(SocketChannel socket, ByteBuffer call) {
    this.socket = socket;
    this.call = call;
  }

  /**
   * A client that has shaken hands.
   *
   * @param call what {@link #call()} sends again and again
   */
  static LoopbackClient connect(int port, HubProtocol protocol, InvocationMessage call)
      throws IOException {
    SocketChannel socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean text = protocol.name().equals("json");
    LoopbackClient client =
        new LoopbackClient(socket, frame(text ? TEXT : BINARY, protocol.encode(call)));
    client.socket.write(ByteBuffer.wrap(UPGRADE.getBytes(StandardCharsets.US_ASCII)));
    client.readHead();
    String handshake = "{\"protocol\":\"" + protocol.name() + "\",\"version\":1}\u001e";
    client.socket.write(frame(TEXT, handshake.getBytes(StandardCharsets.UTF_8)));
    client.readFrame();
    return client;
  }

  /** Calls; the answer is not awaited. */
  void call() throws IOException {
    call.rewind();
    while (call.hasRemaining()) {
      socket.write(call);
    }
  }

  /** Waits for one frame and forgets it; its length. */
  int readFrame() throws IOException {
    require(2);
    received.get();
    int length = received.get() & SHORT;
    if (length == SHORTEST_LONG) {
      require(Short.BYTES);
      length = Short.toUnsignedInt(received.getShort());
    }
    require(length);
    received.position(received.position() + length);
    return length;
  }

  private void readHead() throws IOException {
    int ends = 0;
    while (ends < 2) {
      require(1);
      byte next = received.get();
      if (next == END_OF_HEAD) {
        ends++;
      } else if (next != '\r') {
        ends = 0;
      }
    }
  }

  /** Reads on until so many bytes wait. */
  private void require(int bytes) throws IOException {
    if (received.remaining() >= bytes) {
      return;
    }
    received.compact();
    while (received.position() < bytes) {
      if (socket.read(received) < 0) {
        throw new EOFException("The server has closed the connection");
      }
    }
    received.flip();
  }

  /** A frame masked with zeros. */
  private static ByteBuffer frame(int opcode, byte[] payload) {
    if (payload.length > Short.MAX_VALUE) {
      throw new IllegalArgumentException("Expected a short message, found " + payload.length);
    }
    ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 8).put((byte) opcode);
    if (payload.length < SHORTEST_LONG) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | SHORTEST_LONG)).putShort((short) payload.length);
    }
    return frame.putInt(0).put(payload).flip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
