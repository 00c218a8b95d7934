package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.HubOptions;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.EndpointAccess;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryConnectionTest {

  @Test
  void whatTheHubQueuesRightBeforeItsEndArrives() {
    HubEndpoint endpoint =
        new HubEndpoint(
            "/hub",
            Hub.class,
            HubOptions.defaults(),
            HubThatEnds::new,
            anybody -> EndpointAccess.Decision.PERMITTED);
    InMemoryConnection connection = InMemoryTransport.to(endpoint).connect();
    assertThat(connection.take())
        .extracting(payload -> new String(payload.array(), StandardCharsets.UTF_8))
        .isEqualTo("last words");
    assertThat(connection.closed()).isCompleted();
  }

  /** Queues its last message and ends, both between a poll that finds nothing and its return. */
  private static final class HubThatEnds implements ConnectionReceiver {
    private final TransportConnection transport;
    private @Nullable Payload waiting;
    private Optional<ConnectionEnd> end = Optional.empty();

    HubThatEnds(TransportConnection transport) {
      this.transport = transport;
    }

    @Override
    public @Nullable Payload poll() {
      Payload next = waiting;
      waiting = null;
      if (end.isEmpty()) {
        waiting = Payload.of("last words".getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
        end = Optional.of(ConnectionEnd.GRACEFUL);
        transport.outboundReady();
      }
      return next;
    }

    @Override
    public Optional<ConnectionEnd> end() {
      return end;
    }

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onReconnected() {}

    @Override
    public void onIdentityChanged() {}

    @Override
    public void requestClose() {}

    @Override
    public void onClosed(@Nullable Throwable cause) {}
  }
}
