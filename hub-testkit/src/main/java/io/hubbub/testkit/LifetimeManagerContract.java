package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubbub.ConnectionClosedException;
import io.hubbub.HubException;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.Audience;
import io.hubbub.spi.HubLifetimeManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link HubLifetimeManager} does for clients of two nodes and of both protocols.
 * Implementers extend it and say how a node's manager is made; one of a single node answers the
 * same manager twice.
 */
public abstract class LifetimeManagerContract {
  /** How long anything may take. */
  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final HubProtocol JSON = JsonHubProtocol.create();
  private static final HubProtocol BINARY = MessagePackHubProtocol.create();

  private final List<DeliveryClient> everybody = new ArrayList<>();
  private HubLifetimeManager here;
  private HubLifetimeManager there;
  private DeliveryClient ann;
  private DeliveryClient bob;
  private DeliveryClient eve;
  private DeliveryClient dan;

  private static ConditionFactory eventually() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // the fields are set before each test
  protected LifetimeManagerContract() {}

  /**
   * The manager of one more node; all of one test are connected with each other.
   *
   * @param protocols what the hub's clients speak
   */
  protected abstract HubLifetimeManager newManager(List<HubProtocol> protocols) throws Exception;

  /** Two nodes with a client of each protocol on each. */
  @BeforeEach
  protected final void connectClients() throws Exception {
    List<HubProtocol> protocols = List.of(JSON, BINARY);
    here = newManager(protocols);
    there = newManager(protocols);
    ann = connect(here, "ann-1", "ann", JSON);
    bob = connect(here, "bob-1", "bob", BINARY);
    eve = connect(there, "eve-1", null, JSON);
    dan = connect(there, "ann-2", "ann", BINARY);
  }

  private DeliveryClient connect(
      HubLifetimeManager manager, String id, @Nullable String user, HubProtocol protocol) {
    DeliveryClient client = new DeliveryClient(id, user, protocol, manager);
    join(manager.connected(client));
    everybody.add(client);
    return client;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void send(HubLifetimeManager manager, Audience audience, String text) {
    join(manager.send(audience, InvocationMessage.of(null, "Receive", text)));
  }

  /**
   * Compares what clients got, in any order across channels; who is not named got nothing. Markers
   * make sure that nothing is still on its way.
   */
  private void assertReceived(Object... clientsAndTexts) {
    for (DeliveryClient client : everybody) {
      HubLifetimeManager other = client.manager() == here ? there : here;
      for (HubLifetimeManager from : List.of(here, other)) {
        send(from, new Audience.Connections(Set.of(client.connectionId())), "marker");
      }
      eventually().until(() -> client.texts().stream().filter("marker"::equals).count() >= 2);
    }
    for (DeliveryClient client : everybody) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < clientsAndTexts.length; i += 2) {
        if (clientsAndTexts[i] == client) {
          expected.add((String) clientsAndTexts[i + 1]);
        }
      }
      eventually()
          .untilAsserted(
              () ->
                  assertThat(client.texts().stream().filter(text -> !text.equals("marker")))
                      .as(client.connectionId())
                      .containsExactlyInAnyOrderElementsOf(expected));
      client.clear();
    }
  }

  /** Everyone, once, wherever it comes from. */
  @Test
  protected void everyoneIsReachedOnceFromEitherNode() {
    send(here, new Audience.All(Set.of()), "x");
    send(there, new Audience.All(Set.of()), "y");
    assertReceived(ann, "x", bob, "x", eve, "x", dan, "x", ann, "y", bob, "y", eve, "y", dan, "y");
  }

  /** Exclusions cross nodes. */
  @Test
  protected void excludedConnectionsAreLeftOutOnEitherNode() {
    send(here, new Audience.All(Set.of("ann-1", "eve-1")), "x");
    assertReceived(bob, "x", dan, "x");
  }

  /** One connection. */
  @Test
  protected void connectionsAreReachedWhereverTheyAre() {
    send(here, new Audience.Connections(Set.of("ann-1", "ann-2", "unknown")), "x");
    send(there, new Audience.Connections(Set.of("ann-1")), "y");
    assertReceived(ann, "x", dan, "x", ann, "y");
  }

  /** Users. */
  @Test
  protected void usersAreReachedWhereverTheyAre() {
    send(here, new Audience.Users(Set.of("ann")), "x");
    send(there, new Audience.Users(Set.of("bob", "ann", "nobody")), "y");
    assertReceived(ann, "x", dan, "x", ann, "y", dan, "y", bob, "y");
  }

  /** Groups with members on both nodes. */
  @Test
  protected void groupsHaveMembersOnBothNodes() {
    join(here.addToGroup("ann-1", "g"));
    join(there.addToGroup("eve-1", "g"));
    join(there.addToGroup("eve-1", "h"));

    send(here, new Audience.Groups(List.of("g"), Set.of()), "x");
    send(there, new Audience.Groups(List.of("g", "h"), Set.of("ann-1")), "y");
    send(there, new Audience.Groups(List.of("G", "nobody"), Set.of()), "z");

    assertReceived(ann, "x", eve, "x", eve, "y", eve, "y");
  }

  /** Names are names. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a*b:é [x]", "채팅방", "all", "internal:groups", "{tag}"})
  protected void groupNamesAreTakenLiterally(String group) {
    join(here.addToGroup("eve-1", group));
    send(here, new Audience.Groups(List.of(group), Set.of()), "x");
    assertReceived(eve, "x");
  }

  /** Group changes for the other node's connections. */
  @Test
  protected void aGroupChangeForAConnectionOfTheOtherNodeIsEffectiveWhenDone() {
    for (int round = 0; round < 20; round++) {
      join(here.addToGroup("eve-1", "g"));
      join(here.addToGroup("eve-1", "g"));
      send(here, new Audience.Groups(List.of("g"), Set.of()), "x" + round);
      assertReceived(eve, "x" + round);
      join(here.removeFromGroup("eve-1", "g"));
      join(here.removeFromGroup("eve-1", "g"));
      send(here, new Audience.Groups(List.of("g"), Set.of()), "y" + round);
      assertReceived();
    }
  }

  /** The last change counts, whoever waits for it. */
  @Test
  protected void joiningAndLeavingKeepTheirOrder() {
    for (int round = 0; round < 50; round++) {
      here.addToGroup("ann-1", "in");
      here.removeFromGroup("ann-1", "in");
      here.addToGroup("ann-1", "out");
    }
    join(here.addToGroup("ann-1", "in"));
    join(here.removeFromGroup("ann-1", "out"));

    send(there, new Audience.Groups(List.of("in"), Set.of()), "in");
    send(there, new Audience.Groups(List.of("out"), Set.of()), "out");

    assertReceived(ann, "in");
  }

  /** Leaving. */
  @Test
  protected void whoHasLeftGetsNothing() {
    join(here.addToGroup("ann-1", "g"));
    join(here.disconnected(ann));

    send(there, new Audience.All(Set.of()), "a");
    send(there, new Audience.Groups(List.of("g"), Set.of()), "g");
    send(there, new Audience.Users(Set.of("ann")), "u");
    send(there, new Audience.Connections(Set.of("ann-1")), "c");

    everybody.remove(ann);
    assertReceived(bob, "a", eve, "a", dan, "a", dan, "u");
    assertThat(ann.texts()).isEmpty();
  }

  /** A message that cannot be encoded. */
  @Test
  protected void anArgumentThatCannotBeEncodedFailsTheSend() {
    CompletionStage<Void> sent =
        here.send(new Audience.All(Set.of()), InvocationMessage.of(null, "Receive", new Knot()));

    assertThatThrownBy(() -> join(sent))
        .hasRootCauseInstanceOf(Exception.class)
        .cause()
        .isInstanceOf(HubEncodingException.class);
    assertReceived();
  }

  /** Cannot be encoded. */
  private static final class Knot {
    @SuppressWarnings("unused")
    public final Knot self = this;
  }

  /** Client results from either node and in either protocol. */
  @Test
  protected void aClientsResultComesBackFromEitherNode() {
    for (DeliveryClient client : everybody) {
      for (HubLifetimeManager manager : List.of(here, there)) {
        client.answers(id -> CompletionMessage.result(id, "yes"));
        assertThat(join(ask(manager, client.connectionId(), String.class))).isEqualTo("yes");
        client.answers(id -> CompletionMessage.result(id, null));
        assertThat(join(ask(manager, client.connectionId(), String.class))).isNull();
        client.answers(id -> CompletionMessage.error(id, "Client error"));
        assertFails(
            ask(manager, client.connectionId(), String.class), HubException.class, "Client error");
      }
    }
  }

  private static CompletableFuture<@Nullable Object> ask(
      HubLifetimeManager manager, String connectionId, Class<?> type) {
    return manager.invoke(connectionId, type, "Ask", new Object[] {"q"});
  }

  private static void assertFails(
      CompletableFuture<?> future, Class<? extends Exception> type, String message) {
    assertThat(future)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOf(type)
        .withMessageStartingWith(message);
  }

  /** Nothing in the answer. */
  @Test
  protected void anAnswerWithoutAResultFails() {
    for (DeliveryClient client : everybody) {
      client.answers(CompletionMessage::empty);
      assertFails(
          ask(here, client.connectionId(), String.class),
          HubException.class,
          "Client returned no result");
    }
  }

  /** An answer of another type. */
  @Test
  protected void anAnswerOfAnotherTypeFails() {
    for (DeliveryClient client : everybody) {
      client.answers(id -> CompletionMessage.result(id, "no number"));
      assertFails(
          ask(here, client.connectionId(), Integer.class),
          HubException.class,
          "Error trying to deserialize result to ");
    }
  }

  /** Asking nobody. */
  @Test
  protected void askingSomebodyUnknownFails() {
    assertFails(
        ask(here, "nobody", String.class),
        ConnectionClosedException.class,
        "Connection 'nobody' does not exist.");
  }

  /** The client leaves. */
  @Test
  protected void whoLeavesOwesNothing() {
    CompletableFuture<?> local = ask(here, "ann-1", String.class);
    CompletableFuture<?> remote = ask(there, "ann-1", String.class);
    eventually().until(() -> ann.questions() == 2);

    here.closing(ann);

    assertFails(local, ConnectionClosedException.class, "Connection 'ann-1' disconnected.");
    assertThat(remote).failsWithin(PATIENCE).withThrowableOfType(ExecutionException.class);
  }

  /** Two that ask the same client at the same time. */
  @Test
  protected void manyQuestionsAreToldApart() {
    List<CompletableFuture<@Nullable Object>> answers = new ArrayList<>();
    for (DeliveryClient client : everybody) {
      client.answers(id -> CompletionMessage.result(id, client.connectionId()));
    }
    for (int i = 0; i < 200; i++) {
      DeliveryClient asked = everybody.get(i % everybody.size());
      answers.add(ask(i % 3 == 0 ? there : here, asked.connectionId(), String.class));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(join(answers.get(i)))
          .isEqualTo(everybody.get(i % everybody.size()).connectionId());
    }
  }

  /** Changing the user. */
  @Test
  protected void aChangedUserIsReachedUnderTheNewIdOnly() {
    dan.becomes("dan");
    join(there.userChanged(dan, "ann"));

    send(here, new Audience.Users(Set.of("dan")), "d");
    send(here, new Audience.Users(Set.of("ann")), "a");

    assertReceived(dan, "d", ann, "a");
  }
}
