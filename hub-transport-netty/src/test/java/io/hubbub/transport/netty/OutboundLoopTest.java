package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.WebSocket;
import io.hubbub.http.WebSocketHandler;
import io.hubbub.protocol.Payload;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the WebSockets of one event loop must not do to each other. */
class OutboundLoopTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final SlowChannel slow = new SlowChannel();
  private final EmbeddedChannel other = new EmbeddedChannel();
  private final OutboundLoop loop =
      new OutboundLoop(other.eventLoop(), new YieldingExecutor(Runnable::run), allocator);
  private final Handler toSlow = new Handler();
  private final Handler toOther = new Handler();
  private final WebSocket slowSocket = socket(slow, toSlow);
  private final WebSocket otherSocket = socket(other, toOther);

  private WebSocket socket(EmbeddedChannel channel, Handler handler) {
    channel.config().setAllocator(allocator);
    WebSocketConnection connection = new WebSocketConnection(channel, loop, handler);
    channel.pipeline().addLast(connection);
    return connection.socket();
  }

  @AfterEach
  void nothingIsLeft() {
    slow.finishAndReleaseAll();
    other.finishAndReleaseAll();
    loop.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void socketThatCanBeWrittenToAgainPushesNobodyOutOfTheList() {
    slow.full = true;
    toSlow.send(slowSocket, "first");
    other.runPendingTasks();
    assertThat(slowSocket.isWriting()).as("the first waits in the channel").isTrue();

    toOther.send(otherSocket, "for the other");
    toSlow.send(slowSocket, "second");
    slow.full = false;
    slow.flush();
    toSlow.send(slowSocket, "third");
    other.runPendingTasks();

    assertThat(toOther.waiting).isEmpty();
    toOther.send(otherSocket, "and again");
    other.runPendingTasks();
    assertThat(toOther.waiting).isEmpty();
    assertThat(toSlow.waiting).isEmpty();
  }

  @Test
  void socketThatCannotBeWrittenToIsCutAndOthersAreServed() {
    toSlow.broken = true;
    toSlow.send(slowSocket, "a");
    toOther.send(otherSocket, "b");
    other.runPendingTasks();

    assertThat(slow.isOpen()).isFalse();
    assertThat(toOther.waiting).isEmpty();
  }

  /** Takes bytes when it is told to. */
  private static final class SlowChannel extends EmbeddedChannel {
    boolean full;

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
      if (!full) {
        super.doWrite(waiting);
      }
    }
  }

  /** Has messages for one socket. */
  private static final class Handler implements WebSocketHandler {
    final Queue<Payload> waiting = new ArrayDeque<>();
    boolean broken;

    void send(WebSocket socket, String text) {
      waiting.add(FakeSite.text(text));
      socket.outboundReady();
    }

    @Override
    public @Nullable Payload poll() {
      Payload next = waiting.poll();
      if (broken && next == null) {
        throw new IllegalStateException("broken");
      }
      return next;
    }

    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onCloseFrame() {}

    @Override
    public void onClosed(@Nullable Throwable cause) {}
  }
}
