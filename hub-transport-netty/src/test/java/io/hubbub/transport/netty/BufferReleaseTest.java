package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every buffer goes back, whatever happens to the connection that had it. */
class BufferReleaseTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final OutboundLoop loop =
      new OutboundLoop(channel.eventLoop(), new YieldingExecutor(Runnable::run), allocator);
  private final Handler handler = new Handler();
  private final WebSocketConnection socket = new WebSocketConnection(channel, loop, handler);
  private final List<ByteBuf> given = new ArrayList<>();

  BufferReleaseTest() {
    channel.config().setAllocator(allocator);
    channel.pipeline().addLast(socket);
  }

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
    loop.release();
    assertThat(given).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    assertThat(allocator.metric().usedDirectMemory()).isZero();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  private void receive(byte[] bytes) {
    ByteBuf buffer = allocator.directBuffer().writeBytes(bytes);
    given.add(buffer);
    channel.writeInbound(buffer);
    channel.runPendingTasks();
  }

  @Test
  void wholeFrames() {
    receive(Frames.join(Frames.text("one"), Frames.text("two")));
    receive(Frames.of(Frames.FIN | FrameParser.PING, new byte[3]));
    assertThat(handler.heard).containsExactly("onetwo");
  }

  @Test
  void framesInPieces() {
    for (byte piece : Frames.text("in pieces")) {
      receive(new byte[] {piece});
    }
    assertThat(String.join("", handler.heard)).isEqualTo("in pieces");
  }

  @Test
  void endInsideAHeader() {
    receive(new byte[] {(byte) 0x81, (byte) 0xFE, 0});
  }

  @Test
  void endWhileTheDemandIsOpen() {
    handler.demand = new CompletableFuture<>();
    receive(Frames.text("taken"));
    receive(Frames.text("kept"));
    receive(Frames.text("kept, too"));
    assertThat(handler.heard).containsExactly("taken");
  }

  @Test
  void demandMetAfterTheEnd() {
    handler.demand = new CompletableFuture<>();
    receive(Frames.text("taken"));
    receive(Frames.text("kept"));
    channel.close();
    handler.demand.complete(null);
    channel.runPendingTasks();
    assertThat(handler.heard).containsExactly("taken");
  }

  @Test
  void bytesBehindACloseFrame() {
    receive(Frames.join(Frames.close(1000), Frames.text("behind")));
    assertThat(handler.heard).isEmpty();
  }

  @Test
  void bytesBehindAViolation() {
    receive(Frames.join(Frames.of(Frames.FIN | 5, new byte[9]), Frames.text("behind")));
    assertThat(handler.heard).isEmpty();
  }

  @Test
  void writtenPayloads() {
    handler.waiting.add(FakeSite.text("small"));
    handler.waiting.add(FakeSite.text("large".repeat(2_000)));
    handler.waiting.add(FakeSite.text("small again"));
    socket.socket().outboundReady();
    channel.runPendingTasks();
    assertThat(handler.waiting).isEmpty();
    assertThat(channel.outboundMessages()).hasSize(3);
  }

  /** Takes what comes. */
  private static final class Handler implements WebSocketHandler {
    final Queue<Payload> waiting = new ArrayDeque<>();
    final List<String> heard = new ArrayList<>();
    CompletableFuture<Void> demand = CompletableFuture.completedFuture(null);

    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      heard.add(StandardCharsets.UTF_8.decode(bytes).toString());
      return demand;
    }

    @Override
    public @Nullable Payload poll() {
      return waiting.poll();
    }

    @Override
    public void onCloseFrame() {}

    @Override
    public void onClosed(@Nullable Throwable cause) {}
  }
}
