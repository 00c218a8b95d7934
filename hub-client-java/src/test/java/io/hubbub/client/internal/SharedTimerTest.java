package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedTimerTest {
  @Test
  void delayOfMoreThanALongOfNanosecondsIsALongOne() {
    assertThatCode(
            () -> new SharedTimer().schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel())
        .doesNotThrowAnyException();
  }
}
