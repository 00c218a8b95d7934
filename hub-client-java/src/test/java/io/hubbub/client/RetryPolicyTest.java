package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static RetryContext after(long retries) {
    return new RetryContext(retries, Duration.ZERO, Optional.empty());
  }

  @Test
  void standardTriesFourTimes() {
    RetryPolicy policy = RetryPolicy.standard();
    assertThat(policy.nextDelay(after(0))).hasValue(Duration.ZERO);
    assertThat(policy.nextDelay(after(1))).hasValue(Duration.ofSeconds(2));
    assertThat(policy.nextDelay(after(2))).hasValue(Duration.ofSeconds(10));
    assertThat(policy.nextDelay(after(3))).hasValue(Duration.ofSeconds(30));
    assertThat(policy.nextDelay(after(4))).isEmpty();
  }

  @Test
  void exponentialDoublesUpToTheLongest() {
    RetryPolicy policy = RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1));
    assertThat(policy.nextDelay(after(3))).hasValue(Duration.ofSeconds(8));
    assertThat(policy.nextDelay(after(1_000_000))).hasValue(Duration.ofMinutes(1));
  }

  @Test
  void jitterStaysWithinItsShare() {
    RetryPolicy policy =
        RetryPolicy.exponential(Duration.ofSeconds(10), Duration.ofSeconds(10)).withJitter(0.5);
    for (int i = 0; i < 1000; i++) {
      assertThat(policy.nextDelay(after(0)).orElseThrow())
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }
    assertThatThrownBy(() -> policy.withJitter(1.5)).isInstanceOf(IllegalArgumentException.class);
  }
}
