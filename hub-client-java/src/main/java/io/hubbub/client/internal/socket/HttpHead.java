package io.hubbub.client.internal.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP response.
 *
 * @param status the status code
 * @param headers by name, in any case
 * @param rest what came behind the head
 */
record HttpHead(int status, Map<String, List<String>> headers, ByteBuffer rest) {
  private static final int MAX_LENGTH = 64 * 1024;

  /** Reads one; blocks until it is there. */
  static HttpHead read(Pipe pipe) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);
    int end = -1;
    while (end < 0) {
      if (pipe.read(bytes) < 0) {
        throw new EOFException("The server closed the connection before it answered.");
      }
      end = endOfHead(bytes);
      if (end < 0 && !bytes.hasRemaining()) {
        throw new IOException(
            "Expected the head of an HTTP response within " + MAX_LENGTH + " bytes");
      }
    }
    bytes.flip();
    String head = new String(bytes.array(), 0, end, StandardCharsets.ISO_8859_1);
    return parse(head, bytes.position(end));
  }

  private static int endOfHead(ByteBuffer bytes) {
    for (int i = 3; i < bytes.position(); i++) {
      if (bytes.get(i) == '\n'
          && bytes.get(i - 1) == '\r'
          && bytes.get(i - 2) == '\n'
          && bytes.get(i - 3) == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private static HttpHead parse(String head, ByteBuffer rest) throws IOException {
    String[] lines = head.split("\r\n");
    String[] status = lines[0].split(" ", 3);
    if (!status[0].startsWith("HTTP/1.") || status.length < 2 || !status[1].matches("\\d{3}")) {
      throw new IOException("Expected an HTTP response, but got: " + lines[0]);
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(lines[i].substring(0, colon).trim(), name -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).trim());
      }
    }
    return new HttpHead(Integer.parseInt(status[1]), headers, rest);
  }
}
