package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.RepeatedTest;

class ListenerTest extends WebSocketsOnLoopback {

  @RepeatedTest(20)
  void connectionsThatComeWhileItStopsAreCut() throws Exception {
    Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    Thread newcomers = new Thread(() -> connectUntilRefused(sockets));
    newcomers.start();
    await().until(() -> sockets.size() > 5);
    stop();
    newcomers.join();
    for (Socket socket : sockets) {
      assertThat(isCut(socket)).isTrue();
    }
  }

  private void connectUntilRefused(Queue<Socket> sockets) {
    try {
      while (true) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
    } catch (IOException refused) {
      // The server listens no longer.
    }
  }

  /** The kernel does not reset who came while it closed the listening socket until he writes. */
  private static boolean isCut(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write('G');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }
}
