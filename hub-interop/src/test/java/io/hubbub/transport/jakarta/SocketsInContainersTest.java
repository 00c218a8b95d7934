package io.hubbub.transport.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.http.WebSocket;
import io.hubbub.interop.server.Container;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the adapter promises of a WebSocket, in every container, without hubs behind it. */
class SocketsInContainersTest {
  @AutoClose private FakeHubServer server;

  @ParameterizedTest
  @EnumSource(Container.class)
  void textComesAsUtf8AndLeavesAsText(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      client.sendText("한글 and \uD83D\uDE00");
      await().until(() -> socket.receivedText().equals("한글 and \uD83D\uDE00"));
      socket.queue(text("답 \uD83D\uDE00"));
      RawWebSocket.Frame frame = client.next();
      assertThat(frame.opcode()).isEqualTo(RawWebSocket.TEXT);
      assertThat(frame.text()).isEqualTo("답 \uD83D\uDE00");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void megabyteMessagesPassBothWays(Container container) throws Exception {
    server = FakeHubServer.start(container);
    byte[] million = new byte[1 << 20];
    for (int i = 0; i < million.length; i++) {
      million[i] = (byte) (i * 31);
    }
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      client.sendBinary(million);
      await().until(() -> socket.received().length == million.length);
      assertThat(socket.received()).isEqualTo(million);
      socket.queue(Payload.of(million, TransferFormat.BINARY));
      RawWebSocket.Frame frame = client.nextMessage();
      assertThat(frame.opcode()).isEqualTo(RawWebSocket.BINARY);
      assertThat(frame.payload()).isEqualTo(million);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void charactersCutBetweenPiecesSurvive(Container container) throws Exception {
    server = FakeHubServer.start(container);
    String emoji = "\uD83D\uDE00".repeat(30_000) + "x";
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      client.sendText(emoji);
      await()
          .until(() -> socket.received().length == emoji.getBytes(StandardCharsets.UTF_8).length);
      assertThat(socket.receivedText()).isEqualTo(emoji);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void everythingQueuedLeavesInOrder(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 5_000; i++) {
        String next = "message " + i + ";";
        expected.append(next);
        socket.queue(text(next));
      }
      StringBuilder got = new StringBuilder();
      while (got.length() < expected.length()) {
        got.append(client.nextMessage().text());
      }
      assertThat(got).hasToString(expected.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void closeFrameOfTheClientIsToldAndAnswered(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      client.sendClose(1000);
      assertThat(client.next().closeCode()).isEqualTo(1000);
      socket.closed().get(15, TimeUnit.SECONDS);
      assertThat(socket.closeFrames()).isEqualTo(1);
      assertThat(socket.cause()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void lostConnectionEndsWithoutCloseFrame(Container container) throws Exception {
    server = FakeHubServer.start(container);
    RawWebSocket client = server.connect();
    FakeSocket socket = server.socket();
    client.reset();
    socket.closed().get(15, TimeUnit.SECONDS);
    assertThat(socket.closeFrames()).isZero();
    assertThat(socket.cause()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void serverClosesAfterWhatIsQueued(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      socket.queue(text("last words"));
      socket.socket().close(1011);
      assertThat(client.nextMessage().text()).isEqualTo("last words");
      assertThat(client.next().closeCode()).isEqualTo(1011);
      client.sendClose(1011);
      socket.closed().get(15, TimeUnit.SECONDS);
      assertThat(socket.closeFrames()).isZero();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void abortEndsAtOnce(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      socket.socket().abort();
      socket.closed().get(15, TimeUnit.SECONDS);
      await().until(client::isEnded);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void nothingMoreIsReadThanTheHubAsksFor(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket client = server.connect()) {
      FakeSocket socket = server.socket();
      CompletableFuture<Void> demand = socket.holdDemand();
      byte[] piece = new byte[4096];
      int pieces = 16_384;
      Thread sender = new Thread(() -> sendAll(client, piece, pieces));
      sender.start();
      sender.join(1_500);
      assertThat(sender.isAlive()).as("64 MB do not fit into any buffer").isTrue();
      assertThat(socket.received().length).isLessThanOrEqualTo(1 << 20);
      socket.releaseDemand(demand);
      sender.join(20_000);
      await().until(() -> socket.count() == (long) piece.length * pieces);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void receiverThatNeverReadsHoldsUpNobody(Container container) throws Exception {
    server = FakeHubServer.start(container);
    try (RawWebSocket stuck = server.connect();
        RawWebSocket reader = connectAfter(server.socket())) {
      FakeSocket stuckSocket = stuckSocketOf();
      FakeSocket readerSocket = server.socket();
      Payload big = Payload.of(new byte[64 * 1024], TransferFormat.BINARY);
      for (int i = 0; i < 200; i++) {
        stuckSocket.queue(big);
        readerSocket.queue(big);
        assertThat(reader.nextMessage().payload()).hasSize(big.size());
      }
      assertThat(stuckSocket.closed()).isNotDone();
      WebSocket socket = stuckSocket.socket();
      socket.abort();
      stuckSocket.closed().get(15, TimeUnit.SECONDS);
    }
  }

  private FakeSocket first;

  private RawWebSocket connectAfter(FakeSocket before) throws IOException {
    first = before;
    return server.connect();
  }

  private FakeSocket stuckSocketOf() {
    return first;
  }

  private static void sendAll(RawWebSocket client, byte[] piece, int pieces) {
    try {
      for (int i = 0; i < pieces; i++) {
        client.sendBinary(piece);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Payload text(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
