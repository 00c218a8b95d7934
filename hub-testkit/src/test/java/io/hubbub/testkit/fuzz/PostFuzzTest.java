package io.hubbub.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.Hubs;
import io.hubbub.http.HubHttp;
import io.hubbub.testkit.VirtualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Scripts of requests to connections over long polling and Server-Sent Events, damaged line by
 * line. Every request is answered, once, with a status that belongs there; a connection beside them
 * goes on; and when the clients have gone, nothing is left.
 */
@Tag("fuzz")
class PostFuzzTest {
  private static final int MOST_UNSTARTED = 8;

  /** Longer than a poll and an absence after it may last together. */
  private static final Duration LONG = Duration.ofSeconds(120);

  private final OpenConnections open = new OpenConnections();
  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs =
      Hubs.builder()
          .scheduler(time)
          .executor(Runnable::run)
          .events(open)
          .options(all -> all.maximumReceiveMessageSize(1000).streamBufferCapacity(2))
          .hub("/hub", FuzzHub.class)
          .build();
  private final HubHttp http =
      HubHttp.builder(hubs).maximumUnstartedConnections(MOST_UNSTARTED).build();

  @AfterEach
  void close() {
    http.close();
    hubs.close();
  }

  @Test
  void everyRequestIsAnsweredAndNothingIsLeft() {
    Fuzzer.of("post", Mutator.LINES).run(this::play);
  }

  private void play(byte[] input) {
    PollingClient honest = new PollingClient(http);
    honest.connect();
    PostScript script = new PostScript(http, time);
    for (String line : Mutator.lines(input)) {
      script.step(line);
      honest.attend();
    }
    assertThat(honest.echo("still here")).contains("still here");
    honest.leave();
    script.everybodyLeaves();
    time.advance(LONG);
    await()
        .pollInterval(Duration.ofMillis(1))
        .untilAsserted(
            () -> {
              // The hub's own end runs elsewhere; what it leaves to time comes after it.
              time.advance(Duration.ofSeconds(1));
              script.check();
              assertThat(open.count()).isZero();
            });
  }
}
