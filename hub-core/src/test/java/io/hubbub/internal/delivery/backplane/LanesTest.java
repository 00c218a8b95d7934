package io.hubbub.internal.delivery.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Asked backplane = new Asked();
  private final Lanes lanes = new Lanes(backplane);
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void messagesPass() {
    lanes.comeBack();
  }

  private void hold(String who) {
    lanes.hold("c", message -> heard.add(who + " " + new String(message, UTF_8)), error -> {});
  }

  private void receive(String message) {
    Lane lane = lanes.find("c");
    if (lane != null) {
      lane.receive(message.getBytes(UTF_8));
    }
  }

  @Test
  void aChannelIsHeardUntilItIsUnsubscribed() {
    hold("first");
    backplane.subscribed.get(0).complete(null);
    lanes.release("c");

    receive("on its way");
    assertThat(heard).containsExactly("first on its way");

    backplane.unsubscribed.get(0).complete(null);
    receive("never");
    assertThat(heard).hasSize(1);
    assertThat(lanes.size()).isZero();
  }

  @Test
  void aChannelIsForgottenThoughItsUnsubscriptionFails() {
    hold("first");
    lanes.release("c");
    backplane.unsubscribed.get(0).completeExceptionally(new IllegalStateException("broken"));

    assertThat(lanes.size()).isZero();
  }

  @Test
  void whoeverComesWhileAChannelIsUnsubscribedSubscribesItAgainAndKeepsIt() {
    hold("first");
    backplane.subscribed.get(0).complete(null);
    lanes.release("c");
    hold("second");
    assertThat(backplane.subscribed).hasSize(2);

    backplane.unsubscribed.get(0).complete(null);
    backplane.subscribed.get(1).complete(null);
    receive("news");
    assertThat(heard).containsExactly("second news");
  }

  @Test
  void noEchoIsExpectedOnAChannelThatNobodyHolds() {
    hold("first");
    lanes.release("c");
    backplane.subscribed.get(0).complete(null);
    assertThat(lanes.find("c")).isNotNull();
    assertThat(lanes.find("c").expectEcho(new byte[1])).isEmpty();

    lanes.goAway();
    assertThat(lanes.find("c").expectEcho(new byte[1])).isEmpty();
  }

  @Test
  void aChannelThatIsReleasedTooOftenIsUnsubscribedOnce() {
    hold("first");
    lanes.release("c");
    lanes.release("c");

    assertThat(backplane.unsubscribed).hasSize(1);
  }

  @Test
  void whoeverComesAfterAFailureIsToldOfTheNextAttempt() {
    holdAndTell("first");
    backplane.subscribed.get(0).completeExceptionally(new IllegalStateException("refused"));
    holdAndTell("second");
    assertThat(heard).containsExactly("first refused");

    backplane.subscribed.get(1).complete(null);
    holdAndTell("third");
    assertThat(heard).containsExactly("first refused", "second held", "third held");
    assertThat(backplane.subscribed).hasSize(2);
  }

  @Test
  void whatIsToFollowAFailureDoesNotWait() {
    hold("first");
    backplane.subscribed.get(0).completeExceptionally(new IllegalStateException("refused"));
    lanes.after("c", () -> heard.add("after"));

    assertThat(heard).containsExactly("after");
  }

  @Test
  void aBackplaneThatThrowsIsOneThatRefuses() {
    backplane.broken = true;
    holdAndTell("first");
    assertThat(heard).containsExactly("first broken");

    lanes.release("c");
    assertThat(lanes.size()).isZero();
  }

  private void holdAndTell(String who) {
    lanes.hold(
        "c",
        message -> {},
        error -> heard.add(who + " " + (error == null ? "held" : error.getMessage())));
  }

  /** Confirms when the test says so. */
  private static final class Asked implements Backplane {
    private final List<CompletableFuture<Void>> subscribed = new ArrayList<>();
    private final List<CompletableFuture<Void>> unsubscribed = new ArrayList<>();
    private boolean broken;

    @Override
    public CompletionStage<Void> start(BackplaneListener listener) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
      return CompletableFuture.completedStage(0L);
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
      throwIfBroken();
      subscribed.add(new CompletableFuture<>());
      return subscribed.get(subscribed.size() - 1);
    }

    @Override
    public CompletionStage<Void> unsubscribe(String channel) {
      throwIfBroken();
      unsubscribed.add(new CompletableFuture<>());
      return unsubscribed.get(unsubscribed.size() - 1);
    }

    private void throwIfBroken() {
      if (broken) {
        throw new IllegalStateException("broken");
      }
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void close() {}
  }
}
