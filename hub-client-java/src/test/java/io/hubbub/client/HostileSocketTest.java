package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.Connections.Pair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that say something wrong on an open WebSocket: it ends, and no other does. */
class HostileSocketTest {
  private static final int BINARY = 2;
  private static final int TEXT_WITHOUT_END = 1;

  private final Connections connections = new Connections();

  @AfterEach
  void closeAll() {
    connections.close();
  }

  /** A connection whose server then says something wrong. */
  private final class Victim {
    final CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    final CompletableFuture<String> call;
    final FakeSocket socket;

    Victim(UnaryOperator<HubConnectionBuilder> settings) {
      HubConnection connection =
          connections.build(settings.apply(HubConnection.builder(connections.server().url())));
      connection.onClosed(closed::complete);
      CompletableFuture<Void> started = connection.start();
      socket = connections.server().nextConnection();
      get(started);
      call = connection.invoke(String.class, "Slow");
      socket.receive();
    }

    void isClosedAndItsCallFailed() {
      assertThat(get(closed)).isPresent();
      assertThat(failure(call)).isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void randomBytesEndTheirConnectionAndNoOther() {
    Pair healthy =
        connections.connect(
            HubConnection.builder(connections.server().url()).serverTimeout(Duration.ofMinutes(5)));
    Random random = new Random(6);
    for (int i = 0; i < 50; i++) {
      Victim victim = new Victim(builder -> builder);
      byte[] garbage = new byte[random.nextInt(3000) + 1];
      random.nextBytes(garbage);
      victim.socket.garbage(garbage);
      victim.socket.cut();
      victim.isClosedAndItsCallFailed();
    }
    CompletableFuture<String> call = healthy.client().invoke(String.class, "Echo", "x");
    healthy.server().answer("\"x\"");
    assertThat(get(call)).isEqualTo("x");
  }

  @Test
  void frameThatClaimsToBeEndlessEndsTheConnection() {
    Victim victim = new Victim(builder -> builder.maximumMessageSize(100_000));
    victim.socket.garbage(
        ByteBuffer.allocate(200_000).put((byte) 0x82).put((byte) 127).putLong(1L << 62).array());
    victim.isClosedAndItsCallFailed();
  }

  @Test
  void messageInEndlessPiecesEndsTheConnection() {
    Victim victim = new Victim(builder -> builder.maximumMessageSize(10_000));
    byte[] piece = new byte[104];
    Arrays.fill(piece, (byte) ' ');
    piece[0] = TEXT_WITHOUT_END;
    piece[1] = 100;
    victim.socket.garbage(piece);
    piece[0] = 0;
    for (int i = 0; i < 200; i++) {
      victim.socket.garbage(Arrays.copyOf(piece, 102));
    }
    victim.isClosedAndItsCallFailed();
  }

  @Test
  void textThatIsNoUtf8EndsTheConnection() {
    Victim victim = new Victim(builder -> builder);
    victim.socket.frame(1, new byte[] {'{', '"', (byte) 0xc3, '(', '"', '}', 0x1e});
    victim.isClosedAndItsCallFailed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":3}",
        "{\"type\":\"x\"}",
        "{\"type\":1,\"target\":7,\"arguments\":[]}",
        "[]",
        "7",
        "null",
        "{\"type\":3,\"invocationId\":\"1\",\"result\":1,\"error\":\"both\"}"
      })
  void messagesThatAreNoneEndTheConnection(String message) {
    Victim victim = new Victim(builder -> builder);
    victim.socket.send(message);
    victim.isClosedAndItsCallFailed();
  }

  @Test
  void messagesInBinaryFramesAreUnderstood() {
    Victim none = new Victim(builder -> builder);
    none.socket.frame(
        BINARY,
        "{\"type\":3,\"invocationId\":\"1\",\"result\":\"fine\"}\u001e"
            .getBytes(StandardCharsets.UTF_8));
    assertThat(get(none.call)).isEqualTo("fine");
  }
}
