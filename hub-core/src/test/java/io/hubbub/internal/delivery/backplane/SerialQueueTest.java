package io.hubbub.internal.delivery.backplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

  @Test
  void taskThatFailsDoesNotKeepLaterOnesFromRunning() {
    SerialQueue queue = new SerialQueue();
    List<String> ran = new ArrayList<>();
    queue.run(
        () -> {
          throw new IllegalStateException("does not stop the others");
        });
    queue.run(() -> ran.add("first"));
    queue.run(
        () -> {
          throw new NoClassDefFoundError("neither does this");
        });
    queue.run(() -> ran.add("second"));
    assertThat(ran).containsExactly("first", "second");
  }
}
