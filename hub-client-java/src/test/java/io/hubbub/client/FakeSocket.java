package io.hubbub.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** The server's end of one WebSocket, in JSON records. Threads: any. */
final class FakeSocket {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final char SEPARATOR = 0x1e;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  /** Pings and acknowledgements come when the client's clock says so. */
  private static final Set<Integer> UNTIMELY = Set.of(6, 8);

  private final Socket socket;
  private final java.util.List<Integer> opcodes = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> endedCleanly = new CompletableFuture<>();

  private FakeSocket(Socket socket) {
    this.socket = socket;
  }

  static FakeSocket accept(Socket socket, String head) throws IOException {
    Matcher key = KEY.matcher(head);
    if (!key.find()) {
      throw new IOException("Expected a WebSocket request, but got " + head);
    }
    String response =
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accepted(key.group(1))
            + "\r\n\r\n";
    socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return new FakeSocket(socket);
  }

  private static String accepted(String key) {
    try {
      byte[] bytes =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the client for new keys of TLS, and takes new ones itself. */
  void renewKeys() {
    try {
      ((SSLSocket) socket).startHandshake();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads frames until the end; whole messages go to {@link #receive}, pings are left out. */
  void readAll() {
    boolean clean = false;
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      StringBuilder pending = new StringBuilder();
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0f;
        byte[] payload = readPayload(in);
        opcodes.add(opcode);
        if (opcode == CLOSE) {
          clean = true;
          frame(CLOSE, payload);
          socket.close();
          return;
        }
        pending.append(new String(payload, StandardCharsets.UTF_8));
        takeRecords(pending);
      }
    } catch (IOException e) {
      // The end of the stream is the end of the loop.
    } finally {
      endedCleanly.complete(clean);
    }
  }

  private static byte[] readPayload(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private void takeRecords(StringBuilder pending) throws IOException {
    for (int end = pending.indexOf("\u001e"); end >= 0; end = pending.indexOf("\u001e")) {
      JsonNode message = JSON.readTree(pending.substring(0, end));
      pending.delete(0, end + 1);
      if (!UNTIMELY.contains(message.path("type").asInt())) {
        messages.add(message);
      }
    }
  }

  /** The types of the frames so far. */
  java.util.List<Integer> opcodes() {
    return opcodes;
  }

  /** The next message of the client. */
  JsonNode receive() {
    try {
      JsonNode message = messages.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Expected a message within 20 s");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasMessage() {
    return !messages.isEmpty();
  }

  /** Sends one hub message. */
  void send(String json) {
    sendRaw(json + SEPARATOR);
  }

  void sendRaw(String text) {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers the next call of the client with a result. */
  void answer(String result) {
    send(
        "{\"type\":3,\"invocationId\":\""
            + receive().get("invocationId").asText()
            + "\",\"result\":"
            + result
            + "}");
  }

  /** Sends bytes that need not be a frame; whether the client still took them does not matter. */
  void garbage(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // It has given up in the middle.
    }
  }

  synchronized void frame(int opcode, byte[] payload) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(0x80 | opcode);
      if (payload.length < 126) {
        out.write(payload.length);
      } else {
        out.write(126);
        out.write(payload.length >> 8);
        out.write(payload.length);
      }
      out.write(payload);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the WebSocket with a code. */
  void close(int code) {
    frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** Lets the socket vanish, unless it has ended already. */
  void cut() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether the client ended with a closing handshake; waits for the end. */
  boolean endedCleanly() {
    return endedCleanly.completeOnTimeout(false, 20, TimeUnit.SECONDS).join();
  }
}
