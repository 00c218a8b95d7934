package io.hubbub.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/**
 * A server that negotiates, opens WebSockets and does nothing else: what is said on them is up to
 * the test.
 *
 * <p>Threads: one for each connection; {@link #nextSocket} hands sockets to the test.
 */
final class FakeServer implements AutoCloseable {
  private final ServerSocket listening;
  private final String scheme;
  private final BlockingQueue<FakeSocket> sockets = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Answers a negotiate request: a status line and a body. */
  private volatile Function<String, Answer> negotiate = request -> Answer.connection("token");

  /** Answers requests by itself; the others go the usual way. */
  private volatile Takeover takeover = (head, socket) -> false;

  /** What is done with a socket as soon as it is open. */
  private volatile java.util.function.Consumer<FakeSocket> onOpen = sockets::add;

  private FakeServer(ServerSocket listening, String scheme) {
    this.listening = listening;
    this.scheme = scheme;
    Thread acceptor = new Thread(this::accept, "fake-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static FakeServer start() {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  static FakeServer start(ServerSocketFactory factory, String scheme) {
    try {
      return new FakeServer(
          factory.createServerSocket(0, 1000, InetAddress.getLoopbackAddress()), scheme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers a request in the test's own way. */
  @FunctionalInterface
  interface Takeover {
    /** Whether it was answered; the socket is closed then. */
    boolean take(String head, Socket socket) throws IOException;
  }

  /** One answer to negotiate, with further header lines, each with its end. */
  record Answer(int status, String headers, String body) {
    Answer(int status, String body) {
      this(status, "", body);
    }

    Answer with(String header) {
      return new Answer(status, headers + header + "\r\n", body);
    }

    static Answer connection(String token) {
      return json(
          "{\"negotiateVersion\":1,\"connectionId\":\"id-"
              + token
              + "\",\"connectionToken\":\""
              + token
              + "\",\"availableTransports\":[{\"transport\":\"WebSockets\","
              + "\"transferFormats\":[\"Text\",\"Binary\"]}]}");
    }

    static Answer json(String body) {
      return new Answer(200, body);
    }
  }

  URI url() {
    return URI.create(scheme + "://localhost:" + listening.getLocalPort() + "/hub");
  }

  void negotiateWith(Function<String, Answer> answers) {
    negotiate = answers;
  }

  void takeOver(Takeover given) {
    takeover = given;
  }

  void onOpen(java.util.function.Consumer<FakeSocket> action) {
    onOpen = action;
  }

  /** The head of every request so far. */
  List<String> requests() {
    return requests;
  }

  /** The next WebSocket, with its handshake answered. */
  FakeSocket nextConnection() {
    FakeSocket socket = nextSocket();
    socket.receive();
    socket.send("{}");
    return socket;
  }

  FakeSocket nextSocket() {
    try {
      FakeSocket socket = sockets.poll(20, TimeUnit.SECONDS);
      if (socket == null) {
        throw new AssertionError("Expected a WebSocket within 20 s");
      }
      return socket;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasSocket() {
    return !sockets.isEmpty();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread serving = new Thread(() -> serve(socket), "fake-connection");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        requests.add(head);
        if (takeover.take(head, socket)) {
          socket.close();
          return;
        }
        if (head.startsWith("GET") && !head.contains("ebsocket")) {
          answer(socket, new Answer(503, ""));
          continue;
        }
        if (head.startsWith("GET")) {
          FakeSocket opened = FakeSocket.accept(socket, head);
          onOpen.accept(opened);
          opened.readAll();
          return;
        }
        answer(socket, negotiate.apply(head));
      }
    } catch (IOException | UncheckedIOException e) {
      close(socket);
    } finally {
      open.remove(socket);
    }
  }

  private static void answer(Socket socket, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + answer.status()
            + " X\r\n"
            + answer.headers()
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(FakeServer::close);
  }
}
