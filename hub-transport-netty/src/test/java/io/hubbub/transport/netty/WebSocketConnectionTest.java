package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.transport.netty.FakeSite.Handler;
import io.hubbub.transport.netty.RawClient.Frame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {
  private static final int TEXT = Frames.FIN | FrameParser.TEXT;

  private final FakeSite site = new FakeSite();
  private final Listener listener =
      Listener.start(
          Sockets.of(transport()),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          2,
          new ListenerSettings(
              new YieldingExecutor(Runnable::run),
              List.of(site),
              HttpLimits.DEFAULT,
              Forwarding.NONE,
              null));
  private final int port = ((InetSocketAddress) listener.address()).getPort();

  IoTransport transport() {
    return IoTransport.AUTOMATIC;
  }

  @AfterEach
  void stop() {
    listener.stopAccepting();
    listener.stop().toCompletableFuture().join();
  }

  private RawClient connect() throws Exception {
    return upgraded(RawClient.to(port));
  }

  private static RawClient upgraded(RawClient client) throws Exception {
    assertThat(client.upgrade("/any"))
        .startsWith("HTTP/1.1 101 ")
        .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    return client;
  }

  private Handler handler() throws Exception {
    Handler handler = site.opened.poll(20, TimeUnit.SECONDS);
    assertThat(handler).isNotNull();
    return handler;
  }

  private static String heard(Handler handler) throws Exception {
    return handler.heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void compressionIsNotAgreedOn() throws Exception {
    try (RawClient client = RawClient.to(port)) {
      assertThat(client.upgrade("/any"))
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }
  }

  @Test
  void messagesPassBothWays() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      client.send(Frames.text("hällo"));
      assertThat(heard(handler)).isEqualTo("hällo");
      handler.send(FakeSite.text("wörld"));
      Frame answer = client.readFrame();
      assertThat(answer.first()).isEqualTo(TEXT);
      assertThat(answer.text()).isEqualTo("wörld");
    }
    assertThat(site.all.remove().closed.get(20, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void whatWaitsTogetherLeavesInOneFrame() throws Exception {
    try (RawClient client = connect()) {
      handler().send(FakeSite.text("a"), FakeSite.text("b"), FakeSite.text("c"));
      assertThat(client.readFrame().text()).isEqualTo("abc");
    }
  }

  @Test
  void textAndBinaryNeverShareAFrame() throws Exception {
    try (RawClient client = connect()) {
      Payload binary = Payload.of(new byte[] {1, 2}, TransferFormat.BINARY);
      handler().send(FakeSite.text("a"), binary, FakeSite.text("b"));
      assertThat(client.readFrame().text()).isEqualTo("a");
      Frame second = client.readFrame();
      assertThat(second.first()).isEqualTo(Frames.FIN | FrameParser.BINARY);
      assertThat(second.payload()).containsExactly(1, 2);
      assertThat(client.readFrame().text()).isEqualTo("b");
    }
  }

  @Test
  void payloadsOfEveryLengthArriveWhole() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      StringBuilder sent = new StringBuilder();
      for (int length : new int[] {1, 125, 126, 4096, 4097, 16_370, 65_535, 65_536, 300_000}) {
        String text = Character.toString('a' + length % 26).repeat(length);
        sent.append(text);
        handler.send(FakeSite.text(text));
      }
      StringBuilder got = new StringBuilder();
      while (got.length() < sent.length()) {
        got.append(client.readFrame().text());
      }
      assertThat(got.toString()).isEqualTo(sent.toString());
    }
  }

  @Test
  void largePayloadIsFramedOnceForAllReceivers() throws Exception {
    Payload shared = FakeSite.text("x".repeat(10_000));
    try (RawClient one = connect();
        RawClient two = connect()) {
      handler().send(shared);
      handler().send(shared);
      assertThat(one.readFrame().payload()).hasSize(10_000);
      assertThat(two.readFrame().payload()).hasSize(10_000);
    }
    FramedPayload frame = FramedPayload.of(shared);
    assertThat(FramedPayload.of(shared)).isSameAs(frame);
  }

  @Test
  void slowReaderIsPolledOnlyWhenItsBytesHaveLeft() throws Exception {
    try (RawClient client = upgraded(RawClient.slowTo(port))) {
      Handler handler = handler();
      String piece = "z".repeat(64 * 1024);
      int count = 300;
      for (int i = 0; i < count; i++) {
        handler.send(FakeSite.text(piece));
      }
      await().until(() -> handler.open().isWriting());
      assertThat(handler.waiting).as("most of it is still the hub's").hasSizeGreaterThan(100);
      long read = 0;
      while (read < (long) count * piece.length()) {
        read += client.readFrame().payload().length;
      }
      assertThat(handler.waiting).isEmpty();
      await().until(() -> !handler.open().isWriting());
    }
  }

  @Test
  void whatASlowReaderGetsInPiecesIsWholeAndInOrder() throws Exception {
    try (RawClient client = upgraded(RawClient.slowTo(port))) {
      Handler handler = handler();
      int sent = 0;
      // Each has left, as far as it fits, before the next is queued: small frames of their own.
      while (!handler.open().isWriting()) {
        handler.send(numbered(sent++));
        while (!handler.waiting.isEmpty() && !handler.open().isWriting()) {
          Thread.onSpinWait();
        }
      }
      handler.send(numbered(sent++));
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < sent; i++) {
        expected.append(new String(numbered(i).array(), StandardCharsets.UTF_8));
      }
      StringBuilder got = new StringBuilder();
      while (got.length() < expected.length()) {
        got.append(client.readFrame().text());
      }
      assertThat(got.toString().equals(expected.toString())).as("all of it in order").isTrue();
    }
  }

  private static Payload numbered(int number) {
    return FakeSite.text((number + ";").repeat(400));
  }

  @Test
  void slowReaderHoldsUpNobodyElse() throws Exception {
    try (RawClient slow = upgraded(RawClient.slowTo(port))) {
      // One after the other: the client may know of its socket before the server has told of it.
      Handler stuck = handler();
      try (RawClient quick = connect()) {
        Handler free = handler();
        for (int i = 0; i < 300; i++) {
          stuck.send(FakeSite.text("z".repeat(64 * 1024)));
        }
        await().until(() -> stuck.open().isWriting());
        free.send(FakeSite.text("now"));
        assertThat(quick.readFrame().text()).isEqualTo("now");
      }
    }
  }

  @Test
  void nothingIsHandedOnWhileTheDemandIsOpen() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      CompletableFuture<Void> demand = new CompletableFuture<>();
      handler.demand = demand;
      client.send(Frames.text("first"));
      assertThat(heard(handler)).isEqualTo("first");
      handler.demand = CompletableFuture.completedFuture(null);
      client.send(Frames.text("second"));
      client.send(Frames.of(Frames.FIN | FrameParser.PING, new byte[0]));
      handler.send(FakeSite.text("still writing"));
      assertThat(client.readFrame().text()).isEqualTo("still writing");
      assertThat(handler.heard).isEmpty();
      demand.complete(null);
      assertThat(heard(handler)).isEqualTo("second");
      assertThat(client.readFrame().first()).isEqualTo(Frames.FIN | FrameParser.PONG);
      client.send(Frames.text("third"));
      assertThat(heard(handler)).isEqualTo("third");
    }
  }

  @Test
  void pingIsAnsweredWithItsPayload() throws Exception {
    try (RawClient client = connect()) {
      client.send(Frames.of(Frames.FIN | FrameParser.PING, new byte[] {1, 2, 3}));
      Frame pong = client.readFrame();
      assertThat(pong.first()).isEqualTo(Frames.FIN | FrameParser.PONG);
      assertThat(pong.payload()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void closeOfTheClientIsAnsweredBehindWhatWaits() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      handler.waiting.add(FakeSite.text("last words"));
      client.send(Frames.close(1001));
      assertThat(client.readFrame().text()).isEqualTo("last words");
      assertThat(client.readFrame().closeCode()).isEqualTo(1000);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(handler.closeFrame).isCompleted();
      assertThat(handler.closed.get(20, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void whatIsQueuedBeforeACloseLeavesBeforeIt() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      handler.whenEmpty =
          () -> {
            handler.send(FakeSite.text("last words"));
            handler.open().close(1000);
          };
      handler.send(FakeSite.text("first"));
      assertThat(client.readFrame().text()).isEqualTo("first");
      assertThat(client.readFrame().text()).isEqualTo("last words");
      assertThat(client.readFrame().closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void closeOfTheServerWaitsForTheClients() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      handler.waiting.add(FakeSite.text("last words"));
      handler.open().close(1011);
      assertThat(client.readFrame().text()).isEqualTo("last words");
      assertThat(client.readFrame().closeCode()).isEqualTo(1011);
      assertThat(handler.closed).isNotDone();
      client.send(Frames.close(1011));
      assertThat(client.isAtEnd()).isTrue();
      assertThat(handler.closed.get(20, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void brokenFrameClosesWithItsCodeAndCause() throws Exception {
    try (RawClient client = connect()) {
      client.send(Frames.of(Frames.FIN | FrameParser.TEXT, new byte[] {(byte) 0xFF}));
      assertThat(client.readFrame().closeCode()).isEqualTo(1007);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(handler().closed.get(20, TimeUnit.SECONDS)).isInstanceOf(WebSocketViolation.class);
    }
  }

  @Test
  void abortedSocketIsGone() throws Exception {
    try (RawClient client = connect()) {
      Handler handler = handler();
      handler.open().abort();
      assertThat(client.isAtEnd()).isTrue();
      assertThat(handler.closed.get(20, TimeUnit.SECONDS)).isNull();
      handler.send(FakeSite.text("too late"));
    }
  }

  @Test
  void broadcastToAThousandReachesEverybodyInOrder() throws Exception {
    int count = 1_000;
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        clients.add(connect());
      }
      await().until(() -> site.all.size() == count);
      for (int round = 0; round < 3; round++) {
        Payload payload = FakeSite.text("round " + round + ';');
        site.all.forEach(handler -> handler.send(payload));
      }
      String expected = "round 0;round 1;round 2;";
      for (RawClient client : clients) {
        StringBuilder got = new StringBuilder();
        while (got.length() < expected.length()) {
          got.append(client.readFrame().text());
        }
        assertThat(got.toString()).isEqualTo(expected);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void requestThatIsNoWholeUpgradeStaysHttp() throws Exception {
    try (RawClient client = RawClient.to(port)) {
      client.send(
          "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: x\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
    }
  }
}
