package io.hubbub.transport.jakarta;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that does exactly what a test says, and nothing by itself. */
final class RawWebSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  static RawWebSocket connect(int port, String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    RawWebSocket client = new RawWebSocket(socket);
    client.out.write(
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    String head = client.readHead();
    if (!head.startsWith("HTTP/1.1 101") || !head.contains("X-Hub: yes")) {
      throw new IOException("Expected an upgrade, but got " + head);
    }
    if (head.toLowerCase(java.util.Locale.ROOT).contains("sec-websocket-extensions")) {
      throw new IOException("Expected no extensions, but got " + head);
    }
    return client;
  }

  void sendText(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void sendBinary(byte[] bytes) throws IOException {
    send(BINARY, bytes);
  }

  void sendClose(int code) throws IOException {
    send(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) 0xFE).putShort((short) payload.length);
    } else {
      frame.put((byte) 0xFF).putLong(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i & 3]));
    }
    out.write(frame.array(), 0, frame.position());
  }

  /** The next frame as it came. */
  Frame next() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new Frame(first & 0x0F, (first & 0x80) != 0, payload);
  }

  /** The next message, put together from its frames. */
  Frame nextMessage() throws IOException {
    Frame frame = next();
    int opcode = frame.opcode();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(frame.payload());
    while (!frame.last()) {
      frame = next();
      whole.writeBytes(frame.payload());
    }
    return new Frame(opcode, true, whole.toByteArray());
  }

  /** Reads until the server has ended the connection, whatever comes before. */
  boolean isEnded() throws IOException {
    try {
      byte[] rest = new byte[8192];
      while (in.read(rest) >= 0) {
        // Whatever it was.
      }
      return true;
    } catch (EOFException | SocketException ended) {
      return true;
    }
  }

  /** Cuts the connection without a close frame. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** A frame, or a whole message. */
  record Frame(int opcode, boolean last, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return opcode == CLOSE && payload.length >= 2 ? ByteBuffer.wrap(payload).getShort() : -opcode;
    }
  }
}
