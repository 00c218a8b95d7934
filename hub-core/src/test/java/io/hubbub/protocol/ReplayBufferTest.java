package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayBufferTest {
  private final ReplayBuffer.Budget budget = new ReplayBuffer.Budget(100);
  private final ReplayBuffer buffer = new ReplayBuffer(10, budget);

  @Test
  void sequenceNamesTheFirstMessageThatWasNotAcknowledged() {
    Payload second = payload(1);
    buffer.sent(payload(1));
    buffer.sent(second);
    assertThat(buffer.acknowledge(1)).isTrue();
    assertThat(buffer.resend().sequence()).isEqualTo(new SequenceMessage(2));
    assertThat(buffer.resend().messages()).containsExactly(second);
  }

  @Test
  void sequenceOfAnEmptyBufferNamesTheNextMessage() {
    assertThat(buffer.resend().sequence()).isEqualTo(new SequenceMessage(1));
    buffer.sent(payload(1));
    buffer.acknowledge(1);
    assertThat(buffer.resend().sequence()).isEqualTo(new SequenceMessage(2));
    assertThat(buffer.resend().messages()).isEmpty();
  }

  @Test
  void messageThatCrossesTheLimitIsTakenAndTheNextHasToWait() {
    buffer.sent(payload(10));
    assertThat(buffer.hasRoom()).isTrue();
    buffer.sent(payload(10));
    assertThat(buffer.hasRoom()).isFalse();
    assertThat(buffer.acknowledge(1)).isTrue();
    assertThat(buffer.hasRoom()).isTrue();
  }

  @Test
  void acknowledgementOfWhatWasNeverSentIsTakenForTheLast() {
    buffer.sent(payload(1));
    assertThat(buffer.acknowledge(Long.MAX_VALUE)).isTrue();
    assertThat(buffer.bytes()).isZero();
    buffer.sent(payload(1));
    assertThat(buffer.resend().sequence()).isEqualTo(new SequenceMessage(2));
  }

  @Test
  void oldAcknowledgementChangesNothing() {
    buffer.sent(payload(1));
    buffer.acknowledge(1);
    buffer.sent(payload(1));
    assertThat(buffer.acknowledge(1)).isFalse();
    assertThat(buffer.acknowledge(-5)).isFalse();
    assertThat(buffer.bytes()).isEqualTo(1);
  }

  @Test
  void spentBudgetLeavesEveryBufferOneMessage() {
    ReplayBuffer greedy = new ReplayBuffer(1000, budget);
    greedy.sent(payload(100));
    assertThat(greedy.hasRoom()).isFalse();
    assertThat(buffer.hasRoom()).isTrue();
    buffer.sent(payload(1));
    assertThat(buffer.hasRoom()).isFalse();
    greedy.clear();
    assertThat(buffer.hasRoom()).isTrue();
    assertThat(budget.used()).isEqualTo(1);
  }

  private static Payload payload(int size) {
    return Payload.of(new byte[size], TransferFormat.TEXT);
  }
}
