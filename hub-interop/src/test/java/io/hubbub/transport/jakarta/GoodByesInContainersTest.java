package io.hubbub.transport.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.interop.server.Container;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client's close frame meets something of the server's on the way; it must be answered anyway.
 */
class GoodByesInContainersTest {
  private static final int ROUNDS = 50;
  private static final Payload NEWS = Payload.of(new byte[100], TransferFormat.BINARY);

  @AutoClose private FakeHubServer server;

  @ParameterizedTest
  @EnumSource(Container.class)
  void clientAndServerMayCloseAtTheSameTime(Container container) throws Exception {
    server = FakeHubServer.start(container);
    for (int i = 0; i < ROUNDS; i++) {
      try (RawWebSocket client = server.connect()) {
        FakeSocket socket = server.socket();
        CompletableFuture<Void> closing =
            CompletableFuture.runAsync(() -> socket.socket().close(1000));
        client.sendClose(1000);
        assertThat(client.next().closeCode()).as("round " + i).isEqualTo(1000);
        closing.get(10, TimeUnit.SECONDS);
        socket.closed().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void closeFrameIsAnsweredWhileTheServerWrites(Container container) throws Exception {
    server = FakeHubServer.start(container);
    for (int i = 0; i < ROUNDS; i++) {
      try (RawWebSocket client = server.connect()) {
        FakeSocket socket = server.socket();
        CompletableFuture<Void> writing =
            CompletableFuture.runAsync(() -> socket.writeForEver(NEWS));
        client.next();
        client.sendClose(1000);
        assertThat(codeAfterMessages(client)).as("round " + i).isEqualTo(1000);
        writing.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void serverSaysGoodByeWhileTheCommonPoolIsBlocked(Container container) throws Exception {
    server = FakeHubServer.start(container);
    CompletableFuture<Void> freed = new CompletableFuture<>();
    for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism() + 2; i++) {
      ForkJoinPool.commonPool().execute(() -> awaitOnItsThread(freed));
    }
    try (RawWebSocket client = server.connect()) {
      server.socket().socket().close(1000);
      assertThat(client.next().closeCode()).isEqualTo(1000);
    } finally {
      freed.complete(null);
    }
  }

  /** Joining would let the pool add a thread. */
  private static void awaitOnItsThread(CompletableFuture<Void> freed) {
    while (!freed.isDone()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static int codeAfterMessages(RawWebSocket client) throws IOException {
    RawWebSocket.Frame frame = client.next();
    while (frame.opcode() == RawWebSocket.BINARY) {
      frame = client.next();
    }
    return frame.closeCode();
  }
}
