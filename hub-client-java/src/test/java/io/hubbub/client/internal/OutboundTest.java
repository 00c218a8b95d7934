package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.spi.Transport;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.protocol.TransferFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private final SlowTransport transport = new SlowTransport();

  /** Takes one write at a time, until it is told to be done with it. */
  private static final class SlowTransport implements Transport {
    final List<String> writes = new ArrayList<>();
    CompletableFuture<Void> current = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> send(byte[] bytes) {
      assertThat(current).as("writes must not overlap").isDone();
      writes.add(new String(bytes, StandardCharsets.UTF_8));
      current = new CompletableFuture<>();
      return current;
    }

    @Override
    public CompletionStage<Void> close() {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static Payload payload(String text) {
    return Payload.of(text.getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
  }

  @Test
  void whatQueuesUpGoesOutTogether() {
    Outbound outbound = new Outbound(1000, null);
    outbound.attach(transport);
    CompletionStage<Void> first = outbound.send(payload("a"), false);
    CompletionStage<Void> second = outbound.send(payload("b"), false);
    outbound.send(payload("c"), false);
    transport.current.complete(null);
    assertThat(transport.writes).containsExactly("a", "bc");
    assertThat(first.toCompletableFuture()).isDone();
    assertThat(second.toCompletableFuture()).isNotDone();
    transport.current.complete(null);
    assertThat(second.toCompletableFuture()).isDone();
  }

  @Test
  void failedWriteFailsItsMessages() {
    Outbound outbound = new Outbound(1000, null);
    outbound.attach(transport);
    CompletionStage<Void> sent = outbound.send(payload("a"), false);
    transport.current.completeExceptionally(new IOException("gone"));
    assertThat(sent.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void endFailsWhatWaitsAndWhatComes() {
    Outbound outbound = new Outbound(1000, null);
    CompletionStage<Void> waiting = outbound.send(payload("a"), false);
    outbound.end(new IllegalStateException("over"));
    assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
    assertThat(outbound.send(payload("b"), false).toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void moreThanTheLimitIsRefusedAndTheRestIsSent() {
    Outbound outbound = new Outbound(3, null);
    CompletionStage<Void> first = outbound.send(payload("aa"), false);
    CompletionStage<Void> refused = outbound.send(payload("bb"), false);
    assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
    outbound.attach(transport);
    transport.current.complete(null);
    assertThat(first.toCompletableFuture()).isDone();
    assertThat(transport.writes).containsExactly("aa");
  }

  @Test
  void endIsTakenThoughTheLimitIsReachedAndComesLast() {
    Outbound outbound = new Outbound(3, null);
    outbound.send(payload("aa"), false);
    outbound.sendEnd(payload("end"), false);
    assertThat(outbound.send(payload("b"), false).toCompletableFuture()).isCompletedExceptionally();
    outbound.attach(transport);
    assertThat(transport.writes).containsExactly("aaend");
    outbound.end(new IllegalStateException("over"));
    assertThat(outbound.sendEnd(payload("c"), false).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void transportThatThrowsHasFailedAndIsAskedAgain() {
    Outbound outbound = new Outbound(1000, null);
    Transport throwing =
        new Transport() {
          @Override
          public CompletionStage<Void> send(byte[] bytes) {
            throw new IllegalStateException("not now");
          }

          @Override
          public CompletionStage<Void> close() {
            return CompletableFuture.completedFuture(null);
          }
        };
    outbound.attach(throwing);
    for (String text : List.of("a", "b")) {
      assertThat(outbound.send(payload(text), false).toCompletableFuture())
          .isCompletedExceptionally();
    }
  }

  @Test
  void urgentMessagesGoAhead() {
    Outbound outbound = new Outbound(1000, null);
    outbound.attach(transport);
    outbound.send(payload("a"), false);
    outbound.send(payload("b"), false);
    outbound.sendUrgent(payload("!"));
    transport.current.complete(null);
    assertThat(transport.writes).containsExactly("a", "!b");
  }

  @Test
  void anotherTransportGetsTheReplayFirstAndThenWhatWaited() {
    ReplayBuffer replay = new ReplayBuffer(1000, ReplayBuffer.Budget.unlimited());
    Outbound outbound = new Outbound(1000, replay);
    outbound.attach(transport);
    outbound.send(payload("a"), true);
    outbound.send(payload("b"), true);
    outbound.detach();
    outbound.send(payload("c"), true);
    assertThat(replay.resend().messages()).hasSize(1);
    SlowTransport next = new SlowTransport();
    outbound.resume(next, "replay".getBytes(StandardCharsets.UTF_8));
    next.current.complete(null);
    assertThat(next.writes).containsExactly("replay", "bc");
    // What the old transport says now is of no importance.
    transport.current.completeExceptionally(new IOException("gone"));
    assertThat(replay.resend().messages()).hasSize(3);
  }

  @Test
  void fullReplayBufferHoldsMessagesBackUntilItIsAcknowledged() {
    ReplayBuffer replay = new ReplayBuffer(1, ReplayBuffer.Budget.unlimited());
    Outbound outbound = new Outbound(1000, replay);
    outbound.attach(transport);
    outbound.send(payload("aa"), true);
    transport.current.complete(null);
    outbound.send(payload("bb"), true);
    assertThat(transport.writes).containsExactly("aa");
    assertThat(replay.acknowledge(1)).isTrue();
    outbound.drain();
    assertThat(transport.writes).containsExactly("aa", "bb");
  }
}
