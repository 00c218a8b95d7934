package io.hubbub.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private final Subscriptions subscriptions = new Subscriptions();

  private CompletableFuture<Void> subscribe() {
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    assertThat(subscriptions.want("c", confirmed)).isTrue();
    subscriptions.asked("c");
    return confirmed;
  }

  private void unsubscribe() {
    assertThat(subscriptions.drop("c")).isTrue();
    subscriptions.askedToEnd("c");
  }

  @Test
  void aChannelThatWasGivenUpAndTakenAgainIsNotConfirmedByTheFormerAnswers() {
    CompletableFuture<Void> first = subscribe();
    unsubscribe();
    CompletableFuture<Void> second = subscribe();
    unsubscribe();
    CompletableFuture<Void> third = subscribe();

    subscriptions.confirmed("c");
    subscriptions.ended("c");
    subscriptions.confirmed("c");
    assertThat(third).isNotDone();
    assertThat(subscriptions.areConfirmed()).isFalse();
    assertThat(subscriptions.isMissing("c")).as("asked for").isFalse();

    subscriptions.ended("c");
    assertThat(third).isNotDone();
    subscriptions.confirmed("c");
    assertThat(third).isCompleted();
    assertThat(subscriptions.areConfirmed()).isTrue();
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
  }

  @Test
  void oneAnswerIsEnoughHoweverOftenAChannelWasAskedFor() {
    CompletableFuture<Void> confirmed = subscribe();
    subscriptions.asked("c");
    subscriptions.asked("c");

    subscriptions.confirmed("c");
    assertThat(confirmed).isCompleted();
    assertThat(subscriptions.areConfirmed()).isTrue();
  }

  @Test
  void aNewLinkOwesNothingOfTheFormerOne() {
    subscribe();
    unsubscribe();
    CompletableFuture<Void> second = subscribe();

    subscriptions.askAgainForAll();
    assertThat(subscriptions.unconfirmed()).containsExactly("c");
    subscriptions.confirmed("c");
    assertThat(second).isCompleted();
  }

  @Test
  void anEndThatNobodyAskedForLeavesTheChannelMissing() {
    subscribe();
    subscriptions.confirmed("c");
    subscriptions.ended("c");

    assertThat(subscriptions.isMissing("c")).isTrue();
  }

  @Test
  void whoeverWantsAChannelThatIsWantedIsToldTogetherWithTheFirst() {
    CompletableFuture<Void> first = subscribe();
    CompletableFuture<Void> second = new CompletableFuture<>();
    assertThat(subscriptions.want("c", second)).isFalse();
    assertThat(second).isNotDone();

    subscriptions.confirmed("c");
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
  }
}
