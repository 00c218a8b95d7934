package io.hubbub.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.internal.connection.OutboundQueue.Offer;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.protocol.TransferFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private final OutboundQueue queue = new OutboundQueue(100);

  @Test
  void onlyTheFirstOfferAfterAnEmptyPollAsksForAWakeUp() {
    assertThat(queue.offer(payload(1))).isEqualTo(Offer.WAKE);
    assertThat(queue.offer(payload(2))).isEqualTo(Offer.QUEUED);
    queue.poll();
    queue.poll();
    assertThat(queue.offer(payload(3))).isEqualTo(Offer.QUEUED);
    queue.poll();
    assertThat(queue.poll()).isNull();
    assertThat(queue.offer(payload(4))).isEqualTo(Offer.WAKE);
  }

  @Test
  void messagesLeaveInOrderThroughAGrowingRing() {
    List<Payload> offered = new ArrayList<>();
    List<Payload> polled = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      Payload message = payload(1);
      offered.add(message);
      assertThat(queue.offer(message)).isNotEqualTo(Offer.OVERFLOW);
      if (i % 3 == 0) {
        polled.add(queue.poll());
      }
    }
    for (Payload next = queue.poll(); next != null; next = queue.poll()) {
      polled.add(next);
    }
    assertThat(polled).containsExactlyElementsOf(offered);
  }

  @Test
  void ringThatHasGrownLargeIsGivenUpWhenEmpty() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 70; i++) {
        queue.offer(payload(1));
      }
      for (int i = 0; i < 70; i++) {
        assertThat(queue.poll()).isNotNull();
      }
      assertThat(queue.poll()).isNull();
    }
  }

  @Test
  void messageThatDoesNotFitIsRefusedAndTheOthersStay() {
    queue.offer(payload(60));
    assertThat(queue.offer(payload(41))).isEqualTo(Offer.OVERFLOW);
    assertThat(queue.bytes()).isEqualTo(60);
    assertThat(queue.offer(payload(40))).isEqualTo(Offer.QUEUED);
  }

  @Test
  void oneMessageLongerThanTheLimitPasses() {
    assertThat(queue.offer(payload(1000))).isEqualTo(Offer.WAKE);
    assertThat(queue.offer(payload(1))).isEqualTo(Offer.OVERFLOW);
  }

  @Test
  void urgentMessageOvertakesAndOnlyOneWaits() {
    Payload ordinary = payload(1);
    Payload ping = payload(2);
    queue.offer(ordinary);
    assertThat(queue.offerUrgent(ping)).isEqualTo(Offer.QUEUED);
    assertThat(queue.offerUrgent(payload(3))).isEqualTo(Offer.OVERFLOW);
    assertThat(queue.poll()).isSameAs(ping);
    assertThat(queue.poll()).isSameAs(ordinary);
  }

  @Test
  void farewellLeavesLastAndNothingIsTakenAfterIt() {
    Payload ordinary = payload(1);
    Payload farewell = payload(2);
    queue.offer(ordinary);
    assertThat(queue.seal(farewell, false)).isFalse();
    assertThat(queue.offer(payload(3))).isEqualTo(Offer.SEALED);
    assertThat(queue.poll()).isSameAs(ordinary);
    assertThat(queue.poll()).isSameAs(farewell);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void droppingLeavesTheFarewellAlone() {
    Payload farewell = payload(2);
    queue.offer(payload(50));
    queue.seal(farewell, true);
    assertThat(queue.bytes()).isZero();
    assertThat(queue.poll()).isSameAs(farewell);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void roomIsThereBelowAQuarterOfTheLimit() {
    queue.offer(payload(20));
    assertThat(queue.room().toCompletableFuture()).isDone();
    queue.offer(payload(20));
    CompletionStage<Void> room = queue.room();
    assertThat(room.toCompletableFuture()).isNotDone();
    queue.poll();
    assertThat(room.toCompletableFuture()).isDone();
  }

  @Test
  void whoeverWaitsForRoomIsFreedByTheEnd() {
    queue.offer(payload(90));
    CompletionStage<Void> room = queue.room();
    queue.discard();
    assertThat(room.toCompletableFuture()).isDone();
  }

  @Test
  void messagesWaitWhileTheReplayBufferIsFull() {
    ReplayBuffer replay = new ReplayBuffer(10, ReplayBuffer.Budget.unlimited());
    queue.keepForReplay(replay);
    queue.offer(payload(11));
    queue.offer(payload(1));
    assertThat(queue.poll()).isNotNull();
    assertThat(queue.poll()).isNull();
    assertThat(replay.acknowledge(1)).isTrue();
    assertThat(queue.resume()).isTrue();
    assertThat(queue.poll()).isNotNull();
  }

  @Test
  void repeatedMessagesLeaveFirstAndAreNotCountedAgain() {
    ReplayBuffer replay = new ReplayBuffer(100, ReplayBuffer.Budget.unlimited());
    queue.keepForReplay(replay);
    Payload first = payload(1);
    Payload second = payload(2);
    Payload sequence = payload(3);
    queue.offer(first);
    queue.poll();
    queue.offer(second);
    ReplayBuffer.Resend missed = replay.resend();
    queue.repeat(sequence, missed.messages());
    assertThat(queue.poll()).isSameAs(sequence);
    assertThat(queue.poll()).isSameAs(first);
    assertThat(queue.poll()).isSameAs(second);
    assertThat(replay.resend().messages()).containsExactly(first, second);
  }

  private static Payload payload(int size) {
    return Payload.of(new byte[size], TransferFormat.TEXT);
  }
}
