package io.hubbub.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that forwards requests and opens tunnels, and remembers their heads.
 *
 * <p>Threads: two for each connection.
 */
final class FakeProxy implements AutoCloseable {
  private static final String REFUSAL =
      "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket listening;
  private final Optional<String> authorization;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private FakeProxy(ServerSocket listening, Optional<String> authorization) {
    this.listening = listening;
    this.authorization = authorization;
    start(this::accept);
  }

  static FakeProxy start() {
    return start(Optional.empty());
  }

  /**
   * @param authorization what the header must say; empty to let everybody pass
   */
  static FakeProxy start(Optional<String> authorization) {
    try {
      return new FakeProxy(
          new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), authorization);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable action) {
    Thread thread = new Thread(action, "fake-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  ProxySelector selector() {
    return ProxySelector.of(new InetSocketAddress("localhost", listening.getLocalPort()));
  }

  /** The first line of every request so far. */
  List<String> requests() {
    return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = readHead(client.getInputStream());
      heads.add(head);
      if (!authorization.map(head::contains).orElse(true)) {
        client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
        return;
      }
      String target = head.split(" ", 3)[1];
      boolean tunnel = head.startsWith("CONNECT ");
      URI url = URI.create(tunnel ? "http://" + target : target);
      try (Socket server = new Socket(url.getHost(), url.getPort())) {
        open.add(server);
        byte[] first =
            (tunnel ? "HTTP/1.1 200 Connected\r\n\r\n" : forwarded(head, url))
                .getBytes(StandardCharsets.ISO_8859_1);
        (tunnel ? client : server).getOutputStream().write(first);
        start(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException e) {
      // One of them is gone, and the other is closed for it.
    }
  }

  /** The request as its server expects it. One request a connection is enough here. */
  private static String forwarded(String head, URI url) {
    return head.replaceFirst(
        java.util.regex.Pattern.quote(url.toString()),
        java.util.regex.Matcher.quoteReplacement(
            url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())));
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The client is gone");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
