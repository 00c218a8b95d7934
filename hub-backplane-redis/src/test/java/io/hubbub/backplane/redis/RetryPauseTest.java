package io.hubbub.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryPauseTest {
  private final RetryPause pause = new RetryPause();

  @Test
  void pausesDoubleUpToASecond() {
    for (long longest : new long[] {50, 100, 200, 400, 800, 1_000, 1_000}) {
      assertThat(pause.nextMillis()).isBetween(longest / 2, longest);
    }
  }

  @Test
  void afterAResetTheyBeginAnew() {
    for (int i = 0; i < 10; i++) {
      pause.nextMillis();
    }
    pause.reset();
    assertThat(pause.nextMillis()).isBetween(25L, 50L);
  }
}
