package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.transport.netty.FakeSite.Handler;
import io.hubbub.transport.netty.RawClient.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest extends WebSocketsOnLoopback {
  private static final int TEXT = Frames.FIN | FrameParser.TEXT;

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
