package io.hubbub.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.ConnectionClosedException;
import io.hubbub.HubException;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubLifetimeManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class InMemoryLifetimeManagerTest {
  private final NamingProtocol json = new NamingProtocol("json");
  private final NamingProtocol binary = new NamingProtocol("messagepack");
  private final HubLifetimeManager manager = new InMemoryLifetimeManager(Runnable::run);
  private final RecordingClient ann = connect("a", "ann", json);
  private final RecordingClient bob = connect("b", "bob", json);
  private final RecordingClient eve = connect("e", null, binary);

  private RecordingClient connect(String id, String user, NamingProtocol protocol) {
    RecordingClient client = new RecordingClient(id, user, protocol);
    manager.connected(client);
    return client;
  }

  private void send(Audience audience) {
    assertThat(manager.send(audience, InvocationMessage.of(null, "M", 1)).toCompletableFuture())
        .isCompleted();
  }

  private static void assertReceived(int times, RecordingClient... clients) {
    for (RecordingClient client : clients) {
      assertThat(client.received).as(client.connectionId()).hasSize(times);
    }
  }

  @Test
  void aBroadcastIsEncodedOncePerProtocol() {
    send(new Audience.All(Set.of()));

    assertReceived(1, ann, bob, eve);
    assertThat(json.encodings).hasValue(1);
    assertThat(binary.encodings).hasValue(1);
  }

  @Test
  void exclusionsHoldForAllAndForGroups() {
    manager.addToGroup("a", "g");
    manager.addToGroup("b", "g");

    send(new Audience.All(Set.of("a", "e")));
    send(new Audience.Groups(List.of("g"), Set.of("a")));

    assertReceived(0, ann, eve);
    assertReceived(2, bob);
  }

  @Test
  void aGroupListedTwiceGetsTheMessageTwice() {
    manager.addToGroup("a", "g");
    manager.addToGroup("a", "h");
    manager.addToGroup("a", "h");

    send(new Audience.Groups(List.of("g", "h", "h"), Set.of()));

    assertReceived(3, ann);
  }

  @Test
  void usersAndConnectionsGetItOnceEach() {
    send(new Audience.Users(Set.of("ann", "nobody")));
    send(new Audience.Connections(Set.of("b", "unknown")));

    assertReceived(1, ann, bob);
    assertReceived(0, eve);
  }

  @Test
  void whoHasLeftGetsNothing() {
    manager.addToGroup("a", "g");
    manager.disconnected(ann);
    manager.addToGroup("a", "g");

    send(new Audience.All(Set.of()));
    send(new Audience.Groups(List.of("g"), Set.of()));

    assertReceived(0, ann);
  }

  @Test
  void aReceiverThatFailsDoesNotStopTheWalk() {
    ConnectedClient broken = Mockito.mock(ConnectedClient.class);
    Mockito.when(broken.connectionId()).thenReturn("x");
    Mockito.when(broken.userId()).thenReturn(Optional.empty());
    Mockito.doThrow(new IllegalStateException("broken on purpose"))
        .when(broken)
        .send(Mockito.any(EncodedMessage.class));
    manager.connected(broken);

    send(new Audience.All(Set.of()));

    Mockito.verify(broken).send(Mockito.any(EncodedMessage.class));
    assertReceived(1, ann, bob, eve);
  }

  @Test
  void anArgumentThatCannotBeEncodedFailsTheSend() {
    InvocationMessage message = InvocationMessage.of(null, "M", Double.POSITIVE_INFINITY);

    assertThat(manager.send(new Audience.All(Set.of()), message).toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(HubEncodingException.class);
    assertReceived(0, ann, bob, eve);
  }

  private CompletableFuture<Object> ask(String connectionId) {
    return manager.invoke(connectionId, String.class, "Ask", new Object[] {"q"});
  }

  @Test
  void aClientsAnswerCompletesTheCall() {
    CompletableFuture<Object> first = ask("a");
    CompletableFuture<Object> second = ask("b");

    assertThat(ann.received).containsExactly("s1:Ask[q]");
    assertThat(bob.received).containsExactly("s2:Ask[q]");
    assertThat(manager.resultType("s1")).isEqualTo(String.class);
    assertThat(manager.complete(bob, CompletionMessage.result("s2", "yes"))).isTrue();
    assertThat(second).isCompletedWithValue("yes");
    assertThat(first).isNotDone();
    assertThat(manager.complete(ann, CompletionMessage.result("s1", null))).isTrue();
    assertThat(first).isCompletedWithValue(null);
    assertThat(manager.resultType("s1")).isNull();
    assertThat(manager.complete(ann, CompletionMessage.result("s1", "late"))).isFalse();
  }

  @Test
  void aClientsErrorFailsTheCall() {
    CompletableFuture<Object> error = ask("a");
    CompletableFuture<Object> nothing = ask("a");

    manager.complete(ann, CompletionMessage.error("s1", "Client error"));
    manager.complete(ann, CompletionMessage.empty("s2"));

    assertFails(error, HubException.class, "Client error");
    assertFails(nothing, HubException.class, "Client returned no result");
  }

  private static void assertFails(
      CompletableFuture<Object> future, Class<? extends Exception> type, String message) {
    assertThat(future).isCompletedExceptionally();
    assertThatThrownBy(future::join).cause().isInstanceOf(type).hasMessage(message);
  }

  @Test
  void askingSomebodyUnknownFailsAtOnce() {
    assertFails(
        ask("nobody"), ConnectionClosedException.class, "Connection 'nobody' does not exist.");
  }

  @Test
  void whatAConnectionOwesFailsWhenItCloses() {
    CompletableFuture<Object> waiting = ask("a");

    manager.closing(ann);

    String text = "Connection 'a' disconnected.";
    assertFails(waiting, ConnectionClosedException.class, text);
    assertFails(ask("a"), ConnectionClosedException.class, text);
    assertThat(manager.resultType("s1")).isNull();
    send(new Audience.All(Set.of("b", "e")));
    assertThat(ann.received).as("still addressed until it is gone").hasSize(2);
  }

  @Test
  void disconnectingReleasesWhatIsAwaited() {
    CompletableFuture<Object> waiting = ask("a");

    manager.disconnected(ann);

    assertFails(waiting, ConnectionClosedException.class, "Connection 'a' disconnected.");
    assertThat(manager.resultType("s1")).isNull();
  }

  @Test
  void anotherConnectionsAnswerIsRefused() {
    CompletableFuture<Object> waiting = ask("a");

    assertThatThrownBy(() -> manager.complete(bob, CompletionMessage.result("s1", "forged")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Connection ID 'b' is not valid for invocation ID 's1'.");
    assertThat(waiting).isNotDone();
  }

  @Test
  void whoGivesUpWaitingIsForgotten() {
    CompletableFuture<Object> waiting = ask("a");

    waiting.cancel(false);

    assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
    assertThat(manager.resultType("s1")).isNull();
    assertThat(manager.complete(ann, CompletionMessage.result("s1", "late"))).isFalse();
  }

  @Test
  void unansweredCallsOfOneConnectionAreBounded() {
    for (int i = 0; i < PendingResults.LIMIT_PER_CONNECTION; i++) {
      assertThat(ask("a")).isNotDone();
    }
    CompletableFuture<Object> tooMany = ask("a");

    assertThat(tooMany).isCompletedExceptionally();
    assertThatThrownBy(tooMany::join).hasMessageContaining("at most 1000 unanswered");
    manager.complete(ann, CompletionMessage.result("s1", "x"));
    assertThat(ask("a")).isNotDone();
  }

  @Test
  void argumentsThatCannotBeEncodedFailTheCallAndLeaveNothing() {
    CompletableFuture<Object> failed =
        manager.invoke("a", String.class, "Ask", new Object[] {Double.POSITIVE_INFINITY});

    assertThat(failed).isCompletedExceptionally();
    assertThatThrownBy(failed::join).hasCauseInstanceOf(HubEncodingException.class);
    assertThat(manager.resultType("s1")).isNull();
  }

  @Test
  void aChangedUserIsFoundUnderTheNewId() {
    ann.user = "anna";
    manager.userChanged(ann, "ann");

    send(new Audience.Users(Set.of("ann")));
    assertReceived(0, ann);
    send(new Audience.Users(Set.of("anna")));
    assertReceived(1, ann);
  }
}
