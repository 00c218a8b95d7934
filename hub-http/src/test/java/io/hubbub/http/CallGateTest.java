package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private final CallGate gate = new CallGate();
  private final List<String> events = new ArrayList<>();

  @Test
  void actionWaitsForTheLastCall() {
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isTrue();

    gate.whenQuiet(() -> events.add("alone"), () -> events.add("next"));
    gate.exit();
    assertThat(events).isEmpty();
    gate.exit();

    assertThat(events).containsExactly("alone", "next");
    assertThat(gate.enter()).isTrue();
  }

  @Test
  void noCallPassesWhileAnActionWaitsOrRuns() {
    gate.enter();
    gate.whenQuiet(
        () -> events.add("passes: " + gate.enter()), () -> events.add("" + gate.enter()));

    assertThat(gate.enter()).isFalse();
    gate.exit();

    assertThat(events).containsExactly("passes: false", "true");
  }

  @Test
  void nothingPassesAfterTheClose() {
    gate.closeWhenQuiet(() -> events.add("last"));

    gate.whenQuiet(() -> events.add("late"), () -> events.add("later"));
    gate.closeWhenQuiet(() -> events.add("again"));

    assertThat(gate.enter()).isFalse();
    assertThat(events).containsExactly("last");
  }

  @Test
  void openGateTakesNoActionThatOnlyWaitsWhileItIsBlocked() {
    assertThat(gate.whenBlocked(() -> events.add("never"))).isFalse();

    assertThat(gate.enter()).isTrue();
    gate.exit();
    assertThat(events).isEmpty();
  }

  @Test
  void blockedGateRunsWhatCameMeanwhileBeforeItOpens() {
    gate.enter();
    gate.whenQuiet(() -> events.add("alone"), () -> events.add("next"));

    assertThat(gate.whenBlocked(() -> events.add("meanwhile"))).isTrue();
    gate.exit();

    assertThat(events).containsExactly("alone", "meanwhile", "next");
    assertThat(gate.enter()).isTrue();
  }

  @Test
  void closedGateForgetsWhatComesLate() {
    gate.closeWhenQuiet(() -> events.add("last"));

    assertThat(gate.whenBlocked(() -> events.add("late"))).isTrue();
    assertThat(events).containsExactly("last");
  }

  @Test
  void actionThatFailsKeepsNobodyWaiting() {
    gate.enter();
    gate.whenQuiet(CallGateTest::fail, CallGateTest::fail);
    gate.whenQuiet(() -> events.add("alone"), () -> events.add("next"));

    gate.exit();

    assertThat(events).containsExactly("alone", "next");
    assertThat(gate.enter()).isTrue();
  }

  private static void fail() {
    throw new IllegalStateException("broken on purpose");
  }

  @Test
  void callsAndActionsOfManyThreadsNeverMeet() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger actions = new AtomicInteger();
    AtomicBoolean met = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      boolean acts = i == 0;
      new Thread(() -> work(acts, running, actions, met, done)).start();
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(met).isFalse();
    assertThat(actions).hasValue(20_000);
    assertThat(gate.enter()).isTrue();
  }

  private void work(
      boolean acts,
      AtomicInteger running,
      AtomicInteger actions,
      AtomicBoolean met,
      CountDownLatch done) {
    for (int n = 0; n < 20_000; n++) {
      if (acts) {
        gate.whenQuiet(
            () -> met.compareAndSet(false, running.get() != 0), actions::incrementAndGet);
      } else if (gate.enter()) {
        running.incrementAndGet();
        running.decrementAndGet();
        gate.exit();
      }
    }
    done.countDown();
  }
}
