package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.BaseHub;
import io.hubbub.HubContext;
import io.hubbub.Hubs;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.HubEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What whole nodes do over any {@link Backplane}: one that hosts clients, and a process that hosts
 * none and only publishes. Implementers extend it and say how nodes are connected.
 */
public abstract class ManyNodesContract {
  /** How long anything may take. */
  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int OUTBOUND_LIMIT = 64 * 1024;

  private final VirtualScheduler hostTime = new VirtualScheduler();
  private final VirtualScheduler publisherTime = new VirtualScheduler();
  private final Set<String> slow = ConcurrentHashMap.newKeySet();
  private Hubs host;
  private Hubs publisher;
  private HubContext<ContractHub> context;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // the fields are set before each test
  protected ManyNodesContract() {}

  /** A backplane that is not started yet; all of one test are connected with each other. */
  protected abstract Backplane newBackplane();

  /** One node for clients and one without. */
  @BeforeEach
  protected final void startNodes() {
    host = node(hostTime);
    publisher = node(publisherTime);
    context = publisher.context(ContractHub.class);
  }

  private Hubs node(VirtualScheduler time) {
    return Hubs.builder()
        .backplane(newBackplane())
        .scheduler(time)
        .events(new SlowClients())
        .options(options -> options.outboundLimit(OUTBOUND_LIMIT))
        .hub("/hub", ContractHub.class, options -> options.statefulReconnect(true))
        .build();
  }

  /** Ends the nodes of a test. */
  @AfterEach
  protected final void closeNodes() {
    publisher.close();
    host.close();
  }

  private TestClient connect(String user, HubProtocol protocol) {
    TestClient client = TestClient.connect(transport().user(user), protocol);
    client.handles("Receive", String.class).handles("Ask", String.class);
    // Whoever is answered is connected: its channels are open.
    assertThat(client.invoke("Id").result()).isEqualTo(client.connectionId());
    return client;
  }

  private InMemoryTransport transport() {
    return InMemoryTransport.to(host, "/hub");
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static void until(BooleanSupplier reached) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(reached::getAsBoolean);
  }

  /** What comes next, so that nothing else came before. */
  private static void hears(String text, TestClient... clients) {
    for (TestClient client : clients) {
      assertThat(client.receive(InvocationMessage.class).arguments()).containsExactly(text);
    }
  }

  /** Targets of a process that serves nobody itself. */
  @Test
  protected void aProcessWithoutConnectionsReachesClientsByEveryTarget() {
    TestClient ann = connect("ann", JsonHubProtocol.create());
    TestClient bob = connect("bob", MessagePackHubProtocol.create());

    context.clients().all().send("Receive", "all");
    hears("all", ann, bob);
    context.clients().allExcept(Set.of(ann.connectionId())).send("Receive", "not ann");
    hears("not ann", bob);
    context.clients().user("ann").send("Receive", "user");
    hears("user", ann);
    context.clients().users(Set.of("ann", "bob")).send("Receive", "users");
    hears("users", ann, bob);
    context.clients().client(bob.connectionId()).send("Receive", "client");
    hears("client", bob);
    context.clients().clients(Set.of(ann.connectionId())).send("Receive", "clients");
    hears("clients", ann);
  }

  /** Groups of a process that serves nobody itself. */
  @Test
  protected void aProcessWithoutConnectionsChangesGroupsOfOthersAndReachesThem() {
    TestClient ann = connect("ann", JsonHubProtocol.create());
    TestClient bob = connect("bob", MessagePackHubProtocol.create());

    join(context.groups().add(ann.connectionId(), "both"));
    join(context.groups().add(bob.connectionId(), "both"));
    join(context.groups().add(bob.connectionId(), "one"));
    context.clients().group("both").send("Receive", "group");
    hears("group", ann, bob);
    context.clients().groupExcept("both", Set.of(bob.connectionId())).send("Receive", "not bob");
    hears("not bob", ann);
    context.clients().group("one").send("Receive", "one");
    hears("one", bob);
    join(context.groups().remove(bob.connectionId(), "both"));
    context.clients().group("both").send("Receive", "fewer");
    hears("fewer", ann);
    context.clients().client(bob.connectionId()).send("Receive", "end");
    hears("end", bob);
  }

  /** Client results of a process that serves nobody itself. */
  @Test
  protected void aProcessWithoutConnectionsGetsTheResultsOfClients() {
    for (HubProtocol protocol :
        List.of(JsonHubProtocol.create(), MessagePackHubProtocol.create())) {
      TestClient client = connect("ann", protocol);
      CompletableFuture<String> answer =
          context.clients().client(client.connectionId()).invoke(String.class, "Ask", "why");
      client.send(CompletionMessage.result(questionOf(client), "because"));
      assertThat(join(answer)).isEqualTo("because");

      CompletableFuture<String> refusal =
          context.clients().client(client.connectionId()).invoke(String.class, "Ask", "why");
      client.send(CompletionMessage.error(questionOf(client), "no"));
      assertThat(refusal).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("no");
    }
  }

  private static String questionOf(TestClient client) {
    String id = client.receive(InvocationMessage.class).invocationId();
    assertThat(id).isNotNull();
    return String.valueOf(id);
  }

  /** A connection that the hub has cut is nobody's address any more. */
  @Test
  protected void anAbortedConnectionIsReachedFromNowhereAndOthersStillAre() {
    TestClient gone = connect("ann", JsonHubProtocol.create());
    TestClient other = connect("ann", JsonHubProtocol.create());
    join(context.groups().add(gone.connectionId(), "g"));
    join(context.groups().add(other.connectionId(), "g"));
    CompletableFuture<String> asked =
        context.clients().client(gone.connectionId()).invoke(String.class, "Ask", "why");
    gone.receive(InvocationMessage.class);

    gone.call("Abort");
    gone.awaitClosed();
    assertThat(asked)
        .as("asked before")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    int waiting = gone.waiting();
    context.clients().client(gone.connectionId()).send("Receive", "client");
    context.clients().user("ann").send("Receive", "user");
    context.clients().group("g").send("Receive", "group");
    assertThat(List.of(textOf(other), textOf(other))).containsExactlyInAnyOrder("user", "group");
    assertThat(gone.waiting()).isEqualTo(waiting);

    assertThat(context.clients().client(gone.connectionId()).invoke(String.class, "Ask", "why"))
        .as("asked afterwards")
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    CompletableFuture<Void> added =
        context.groups().add(gone.connectionId(), "h").toCompletableFuture();
    publisherTime.advance(Duration.ofSeconds(30));
    assertThat(added)
        .failsWithin(PATIENCE)
        .withThrowableOfType(CancellationException.class)
        .withMessageContaining("nobody answered");
  }

  private static @Nullable Object textOf(TestClient client) {
    return client.receive(InvocationMessage.class).arguments()[0];
  }

  /** One who does not read holds up nobody, and is closed. */
  @Test
  protected void aSlowClientDoesNotHoldUpWhatItsNodeHears() {
    TestClient stuck = connect("ann", JsonHubProtocol.create());
    TestClient other = connect("bob", JsonHubProtocol.create());
    stuck.connection().stopReading();
    String padding = "x".repeat(4096);

    for (int i = 0; i < 200; i++) {
      context.clients().all().send("Receive", i + padding);
      hears(i + padding, other);
    }

    until(() -> slow.equals(Set.of(stuck.connectionId())));
    context.clients().client(other.connectionId()).send("Receive", "end");
    hears("end", other);
  }

  /** A lost socket costs and doubles nothing, whoever publishes meanwhile. */
  @Test
  protected void aClientThatComesBackHasEveryMessageOfAnotherNodeOnce() {
    TestClient witness = connect("bob", JsonHubProtocol.create());
    ResumingClient client =
        new ResumingClient(transport().statefulReconnect(), JsonHubProtocol.create());
    List<String> sent = new ArrayList<>();

    for (int round = 0; round < 6; round++) {
      publish(20, sent, witness);
      client.receive(15);
      client.loseSocket();
      publish(10, sent, witness);
      CompletableFuture<Void> meanwhile =
          CompletableFuture.runAsync(() -> publish(20, sent, witness));
      client.comeBack();
      join(meanwhile);
      client.receive(35);
    }

    assertThat(client.received()).isEqualTo(sent);
    context.clients().all().send("Receive", "end");
    client.receive(1);
    assertThat(client.received()).hasSize(sent.size() + 1).endsWith("end");
  }

  /** Numbered on; the witness has them when it returns, so the host has sent them. */
  private void publish(int count, List<String> sent, TestClient witness) {
    for (int i = 0; i < count; i++) {
      String text = "message " + sent.size();
      sent.add(text);
      context.clients().all().send("Receive", text);
      hears(text, witness);
    }
  }

  private final class SlowClients implements HubEvents {
    @Override
    public void slowClient(Class<? extends BaseHub> hub, String connectionId, long queuedBytes) {
      slow.add(connectionId);
    }
  }
}
