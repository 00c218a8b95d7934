package io.hubbub.internal.delivery.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.internal.delivery.backplane.EchoLedger.Echo;
import org.junit.jupiter.api.Test;

class EchoLedgerTest {
  private final EchoLedger ledger = new EchoLedger();

  private static byte[] message(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void whatWasSentIsKnownWhenItComesBackOnce() {
    ledger.expect(message("a"), 0);
    ledger.expect(message("b"), 0);

    assertThat(ledger.isEcho(message("b"), 1)).isTrue();
    assertThat(ledger.isEcho(message("a"), 1)).isTrue();
    assertThat(ledger.isEcho(message("a"), 1)).isFalse();
  }

  @Test
  void equalMessagesAreCounted() {
    Echo first = ledger.expect(message("a"), 0);
    Echo second = ledger.expect(message("a"), 0);
    ledger.notPublished(second);
    ledger.notPublished(second);

    assertThat(ledger.isEcho(message("a"), 1)).isTrue();
    assertThat(ledger.isEcho(message("a"), 1)).isFalse();
    ledger.notPublished(first);
    assertThat(ledger.isEcho(message("a"), 1)).isFalse();
  }

  @Test
  void anEchoThatIsOverdueIsNotHeldAgainstALaterMessage() {
    ledger.expect(message("a"), 0).published(0);

    assertThat(ledger.isEcho(message("a"), EchoLedger.PATIENCE_NANOS + 1)).isFalse();
  }

  @Test
  void aMessageThatWaitsForTheEndOfAnOutageIsKnownHoweverLateItComes() {
    ledger.expect(message("a"), 0);

    assertThat(ledger.isEcho(message("a"), 100 * EchoLedger.PATIENCE_NANOS)).isTrue();
  }

  @Test
  void aMessageThatWaitedForTheEndOfAnOutageIsStillKnownOnceItIsPublished() {
    long end = 2 * EchoLedger.PATIENCE_NANOS;
    ledger.expect(message("a"), 0).published(end);
    ledger.expect(message("b"), 0).published(end);

    assertThat(ledger.isEcho(message("a"), end + 1)).isTrue();
    assertThat(ledger.isEcho(message("b"), end + EchoLedger.PATIENCE_NANOS + 1)).isFalse();
  }

  @Test
  void afterALossOnlyWhatIsStillToBePublishedIsExpected() {
    ledger.expect(message("lost"), 0).published(0);
    ledger.expect(message("waiting"), 0);

    ledger.forgetPublished();

    assertThat(ledger.isEcho(message("lost"), 1)).isFalse();
    assertThat(ledger.isEcho(message("waiting"), 1)).isTrue();
  }
}
