package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumptionTest {
  private final List<Duration> planned = new ArrayList<>();
  private final ClientTimer timer =
      new ClientTimer() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public Task schedule(Duration delay, Runnable action) {
          planned.add(delay);
          return () -> {};
        }
      };

  @Test
  void whatIsRepeatedIsAcknowledgedThoughNothingOfItIsNew() {
    Link link = mock(Link.class);
    when(link.runtime()).thenReturn(new ClientRuntime(timer, Runnable::run, Runnable::run));
    when(link.loop()).thenReturn(mock(ReceiveLoop.class));
    Resumption resumption =
        new Resumption(link, mock(Outbound.class), null, mock(TransportConnector.class));
    resumption.enable(mock(Opened.Route.class));

    resumption.resynchronized();

    assertThat(planned).hasSize(1);
  }
}
