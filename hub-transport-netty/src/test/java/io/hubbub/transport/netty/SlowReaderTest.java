package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.Payload;
import io.hubbub.transport.netty.FakeSite.Handler;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is written to a client that reads too slowly. */
class SlowReaderTest extends WebSocketsOnLoopback {

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

  private static Payload numbered(int number) {
    return FakeSite.text((number + ";").repeat(400));
  }
}
