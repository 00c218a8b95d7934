package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.HubLifetimeManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection has gone, and the backplane still counts its node as a receiver. */
class DepartedConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HubProtocol json = JsonHubProtocol.create();
  private final InMemoryBackplane.Exchange exchange = new InMemoryBackplane.Exchange();
  private final List<BackplaneNode> nodes = new ArrayList<>();
  private final LateUnsubscribing late = new LateUnsubscribing(exchange.node());
  private final HubLifetimeManager host = manager(late);
  private final HubLifetimeManager publisher = manager(exchange.node());

  private HubLifetimeManager manager(Backplane backplane) {
    BackplaneNode node =
        new BackplaneNode(
            backplane, new VirtualScheduler(), HubEvents.NONE, ForkJoinPool.commonPool());
    nodes.add(node);
    HubLifetimeManager manager = node.addHub("App.Hub", List.of(json));
    join(node.start());
    return manager;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(BackplaneNode::close);
    exchange.close();
  }

  @Test
  void aQuestionToItFailsBeforeItsChannelIsUnsubscribedAndAfterwards() {
    DeliveryClient client = new DeliveryClient("gone", null, json, host);
    join(host.connected(client));
    join(host.disconnected(client));

    assertThat(publisher.invoke("gone", String.class, "Ask", new Object[] {"why"}))
        .as("before")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);

    join(late.unsubscribeAll());
    assertThat(publisher.invoke("gone", String.class, "Ask", new Object[] {"why"}))
        .as("afterwards")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(client.questions()).isZero();
  }

  /** Unsubscribes when the test says so. */
  private static final class LateUnsubscribing implements Backplane {
    private final Backplane backplane;
    private final List<String> channels = new ArrayList<>();

    LateUnsubscribing(Backplane backplane) {
      this.backplane = backplane;
    }

    CompletionStage<Void> unsubscribeAll() {
      return CompletableFuture.allOf(
          channels.stream()
              .map(backplane::unsubscribe)
              .map(CompletionStage::toCompletableFuture)
              .toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletionStage<Void> unsubscribe(String channel) {
      channels.add(channel);
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> start(BackplaneListener listener) {
      return backplane.start(listener);
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
      return backplane.publish(channel, message);
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
      return backplane.subscribe(channel);
    }

    @Override
    public boolean isConnected() {
      return backplane.isConnected();
    }

    @Override
    public void close() {
      backplane.close();
    }
  }
}
