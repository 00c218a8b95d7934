package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.hubbub.internal.delivery.backplane.BackplaneNode;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.spi.Backplane;
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
  private final List<String> departed = new ArrayList<>();
  private final Backplane backplane = exchange.node();
  private final HubLifetimeManager host = manager(lateUnsubscribing());
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

    join(unsubscribeAll());
    assertThat(publisher.invoke("gone", String.class, "Ask", new Object[] {"why"}))
        .as("afterwards")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    assertThat(client.questions()).isZero();
  }

  /** Unsubscribes when the test says so. */
  private Backplane lateUnsubscribing() {
    Backplane late = mock(Backplane.class, delegatesTo(backplane));
    doAnswer(
            call -> {
              departed.add(call.getArgument(0));
              return new CompletableFuture<Void>();
            })
        .when(late)
        .unsubscribe(anyString());
    return late;
  }

  private CompletionStage<Void> unsubscribeAll() {
    return CompletableFuture.allOf(
        departed.stream()
            .map(backplane::unsubscribe)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }
}
