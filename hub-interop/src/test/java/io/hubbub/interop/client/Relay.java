package io.hubbub.interop.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server, and can make the network between them go silent: both
 * sockets stay open, and what is sent into them is lost.
 *
 * <p>Threads: two for each connection.
 */
final class Relay implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listening;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  private Relay(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
    start(this::accept);
  }

  /** Begins to listen, in front of a server on this machine. */
  static Relay to(int port) {
    try {
      return new Relay(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on nothing comes through, neither way; also not on connections to come. */
  void dropEverything() {
    silent = true;
  }

  /** Connections to come work again; those that lost bytes stay silent. */
  void heal() {
    open.clear();
    silent = false;
  }

  private static void start(Runnable action) {
    Thread thread = new Thread(action, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        start(() -> copy(client, server));
        start(() -> copy(server, client));
      } catch (IOException e) {
        // No server: the next one may find it.
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean lost = false;
    try {
      for (int count = from.getInputStream().read(buffer);
          count >= 0;
          count = from.getInputStream().read(buffer)) {
        lost |= silent;
        if (!lost) {
          to.getOutputStream().write(buffer, 0, count);
        }
      }
      lost |= silent;
      if (!lost) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      // The end of one is the end of both, unless the network is silent.
      closeUnlessSilent(to);
    }
  }

  private void closeUnlessSilent(Socket socket) {
    if (!silent) {
      close(socket);
    }
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
    open.forEach(Relay::close);
  }
}
