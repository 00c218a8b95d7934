package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReceivedSequenceTest {
  private final ReceivedSequence received = new ReceivedSequence();

  @Test
  void messagesBeforeTheSequenceAreDropped() {
    received.accept();
    received.accept();
    received.rewind(new SequenceMessage(2));
    assertThat(received.accept()).isFalse();
    assertThat(received.accept()).isTrue();
  }

  @Test
  void sequenceBeyondTheNextMessageBreaksTheProtocol() {
    received.accept();
    received.rewind(new SequenceMessage(2));
    assertThatThrownBy(() -> received.rewind(new SequenceMessage(3)))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage("Sequence ID greater than amount of messages we've received.");
  }

  @Test
  void acknowledgementIsDueOnceForWhatIsNew() {
    assertThat(received.dueAcknowledgement()).isEmpty();
    received.accept();
    received.accept();
    assertThat(received.dueAcknowledgement()).hasValue(2);
    assertThat(received.dueAcknowledgement()).isEmpty();
    received.rewind(new SequenceMessage(3));
    assertThat(received.dueAcknowledgement()).isEmpty();
  }

  @Test
  void acknowledgementThatThePeerHasNotGotIsDueAgain() {
    received.accept();
    received.accept();
    assertThat(received.dueAcknowledgement()).hasValue(2);
    received.rewind(new SequenceMessage(1));
    assertThat(received.accept()).isFalse();
    assertThat(received.accept()).isFalse();
    assertThat(received.isUnacknowledged()).isTrue();
    assertThat(received.dueAcknowledgement()).hasValue(2);
    assertThat(received.dueAcknowledgement()).isEmpty();
  }

  @Test
  void acknowledgementThatCouldNotBeSentIsDueAgain() {
    received.unacknowledged();
    assertThat(received.dueAcknowledgement()).isEmpty();
    received.accept();
    assertThat(received.dueAcknowledgement()).hasValue(1);
    received.unacknowledged();
    assertThat(received.dueAcknowledgement()).hasValue(1);
  }
}
