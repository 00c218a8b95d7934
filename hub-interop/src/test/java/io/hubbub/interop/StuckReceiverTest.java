package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.BaseHub;
import io.hubbub.ClientProxy;
import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.TransportType;
import io.hubbub.client.HubConnection;
import io.hubbub.interop.server.HubServer;
import io.hubbub.spi.HubEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many clients and one that never reads, over real sockets in every server: the others get every
 * message, no broadcast waits, and the stuck one is closed. The long form: {@code -Psoak}.
 */
@Tag("soak")
class StuckReceiverTest {
  private static final int CONNECTIONS = Integer.getInteger("hubbub.soak.connections", 50);
  private static final String TEXT = "x".repeat(4096);
  private static final int MOST_BROADCASTS = 5000;
  private static final int IN_FLIGHT = 8;

  private final Set<String> slow = ConcurrentHashMap.newKeySet();

  /** How many messages each of those that read has got. */
  private final List<AtomicInteger> received =
      Stream.generate(AtomicInteger::new).limit(CONNECTIONS - 1).toList();

  /** A hub that is only sent through. */
  public static class Board extends Hub {}

  @ParameterizedTest
  @ValueSource(strings = {"netty", "tomcat", "jetty", "undertow"})
  @Timeout(300)
  void othersGetEverythingAndNoBroadcastWaits(String transport) throws Exception {
    Hubs hubs = hubs();
    try (HubServer server = HubServer.start(transport, 0, hubs, http -> {})) {
      List<HubConnection> others = connect(server.port());
      try (Socket stuck = connectAndNeverRead(server.port())) {
        ClientProxy everyone = hubs.context(Board.class).clients().all();
        int sent = 0;
        while (slow.isEmpty()) {
          broadcast(everyone, ++sent);
          assertThat(sent)
              .as("broadcasts until the stuck client is closed")
              .isLessThan(MOST_BROADCASTS);
        }
        for (int more = 0; more < 100; more++) {
          broadcast(everyone, ++sent);
        }
        awaitAll(sent);
        assertThat(received).extracting(AtomicInteger::get).containsOnly(sent);
        assertThat(slow).hasSize(1);
        assertThat(stuck.isConnected()).isTrue();
      } finally {
        others.forEach(HubConnection::close);
      }
    }
  }

  private Hubs hubs() {
    return Hubs.builder()
        .options(options -> options.outboundLimit(256 * 1024))
        .hub("/board", Board.class)
        .events(
            new HubEvents() {
              @Override
              public void slowClient(
                  Class<? extends BaseHub> hub, String connectionId, long queuedBytes) {
                slow.add(connectionId);
              }
            })
        .build();
  }

  /**
   * Sends at once, but only so far ahead of each client that reads: one that gets no processor for
   * a while would be closed as slow, too.
   */
  private void broadcast(ClientProxy everyone, int number) {
    assertThat(everyone.send("Post", TEXT).toCompletableFuture())
        .as("no broadcast waits for anybody")
        .isCompleted();
    awaitAll(number - IN_FLIGHT);
  }

  private void awaitAll(int messages) {
    if (!haveAll(messages)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> haveAll(messages));
    }
  }

  private boolean haveAll(int messages) {
    return received.stream().allMatch(count -> count.get() >= messages);
  }

  private List<HubConnection> connect(int port) {
    List<HubConnection> connections = new ArrayList<>();
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (AtomicInteger count : received) {
      HubConnection connection =
          HubConnection.builder(URI.create("http://127.0.0.1:" + port + "/board"))
              .transports(TransportType.WEB_SOCKETS)
              .skipNegotiation()
              .build();
      connection.on("Post", String.class, text -> count.incrementAndGet());
      connections.add(connection);
      starts.add(connection.start());
      if (starts.size() % 50 == 0) {
        starts.forEach(CompletableFuture::join);
      }
    }
    starts.forEach(CompletableFuture::join);
    return connections;
  }

  private static Socket connectAndNeverRead(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    OutputStream out = socket.getOutputStream();
    String upgrade =
        """
        GET /board HTTP/1.1
        Host: 127.0.0.1
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """;
    out.write(upgrade.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    readUntil(in, "\r\n\r\n");
    byte[] handshake =
        "{\"protocol\":\"json\",\"version\":1}\u001e".getBytes(StandardCharsets.UTF_8);
    out.write(new byte[] {(byte) 0x81, (byte) (0x80 | handshake.length), 0, 0, 0, 0});
    out.write(handshake);
    readUntil(in, "{}\u001e");
    return socket;
  }

  private static void readUntil(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("the server's answer: " + read).isNotNegative();
      read.append((char) next);
    }
  }
}
