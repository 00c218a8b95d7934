package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.HubException;
import io.hubbub.HubOptions;
import io.hubbub.Hubs;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.FrameReader.FrameTooLongException;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a connection, what its client is told, and what the hub is told. */
class CloseTest {
  private static final CloseMessage IN_ORDER = new CloseMessage(null, true);
  private static final CloseMessage FOR_GOOD = new CloseMessage(null, false);
  private static final CloseMessage WITH_ERROR =
      new CloseMessage("Connection closed with an error.", true);

  private final VirtualScheduler time = new VirtualScheduler();
  private Hubs hubs = hubs(options -> {});

  private Hubs hubs(Consumer<HubOptions.Builder> options) {
    return Hubs.builder().scheduler(time).hub("/hub", RecordingHub.class, options).build();
  }

  @BeforeEach
  void reset() {
    RecordingHub.reset();
  }

  @AfterEach
  void close() {
    RecordingHub.free();
    hubs.close();
  }

  private InMemoryTransport transport() {
    return InMemoryTransport.to(hubs, "/hub");
  }

  private TestClient connect() {
    TestClient client = TestClient.connect(transport());
    client.invoke("Add", 1, 2);
    return client;
  }

  @Test
  void abortByTheHubIsForGood() throws Exception {
    TestClient client = connect();
    client.notifyHub("Leave");
    assertThat(client.receiveClose()).isEqualTo(FOR_GOOD);
    assertThat(RecordingHub.goodbye()).isEmpty();
    assertThat(client.connection().ended()).contains(ConnectionEnd.GRACEFUL);
  }

  @Test
  void goodbyeOfTheClientIsAnswered() throws Exception {
    TestClient client = connect();
    client.send(new CloseMessage(null, false));
    assertThat(client.receiveClose()).isEqualTo(FOR_GOOD);
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void goodbyeWithAnErrorIsToldToTheHub() throws Exception {
    TestClient client = connect();
    client.send(new CloseMessage("out of paper", false));
    assertThat(client.receiveClose()).isEqualTo(FOR_GOOD);
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause -> assertThat(cause).isInstanceOf(HubException.class).hasMessage("out of paper"));
  }

  @Test
  void lostSocketIsToldToTheHubWithoutACause() throws Exception {
    TestClient client = connect();
    client.close();
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void faultOfTheTransportIsToldToTheHub() throws Exception {
    TestClient client = connect();
    IOException fault = new IOException("reset");
    client.connection().disconnect(fault);
    assertThat(RecordingHub.goodbye()).containsSame(fault);
  }

  @Test
  void halfAMessageAtTheEndIsToldToTheHub() throws Exception {
    TestClient client = connect();
    client.sendRaw("{\"type\":6".getBytes(StandardCharsets.UTF_8));
    client.close();
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause ->
                assertThat(cause)
                    .isInstanceOf(HubProtocolException.class)
                    .hasMessage("Connection terminated while reading a message."));
  }

  @Test
  void brokenMessageClosesWithAnErrorThatHidesDetails() throws Exception {
    TestClient client = connect();
    client.sendText("{\"type\":\"one\"}");
    assertThat(client.receiveClose()).isEqualTo(WITH_ERROR);
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(cause -> assertThat(cause).isInstanceOf(HubProtocolException.class));
  }

  @Test
  void detailsAreShownWhereTheHubWantsThem() {
    hubs = hubs(options -> options.detailedErrors(true));
    TestClient client = connect();
    client.sendText("{\"type\":\"one\"}");
    assertThat(client.receiveClose())
        .isEqualTo(
            new CloseMessage(
                "Connection closed with an error. HubProtocolException: Expected 'type' to be of"
                    + " type Number.",
                true));
  }

  @Test
  void messageBeyondTheSizeLimitCloses() throws Exception {
    hubs = hubs(options -> options.maximumReceiveMessageSize(100));
    TestClient client = connect();
    client.sendText(" ".repeat(90) + "{\"type\":6}");
    assertThat(client.receiveClose()).isEqualTo(WITH_ERROR);
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(cause -> assertThat(cause).isInstanceOf(FrameTooLongException.class));
  }

  @Test
  void messageOfExactlyTheSizeLimitPasses() {
    hubs = hubs(options -> options.maximumReceiveMessageSize(100));
    TestClient client = connect();
    client.sendText(" ".repeat(89) + "{\"type\":6}");
    assertThat(client.invoke("Add", 1, 2).result()).isEqualTo(3);
  }

  @Test
  void silentClientTimesOut() throws Exception {
    TestClient client = connect();
    client.send(PingMessage.INSTANCE);
    time.advance(Duration.ofSeconds(30));
    assertThat(client.receiveClose()).isEqualTo(WITH_ERROR);
    assertThat(RecordingHub.goodbye())
        .hasValueSatisfying(
            cause ->
                assertThat(cause)
                    .hasMessage(
                        "Client hasn't sent a message/ping within the configured"
                            + " ClientTimeoutInterval."));
  }

  @Test
  void expiredAuthenticationClosesInOrder() throws Exception {
    TestClient client = connect();
    client.connection().hub().requestClose();
    assertThat(client.receiveClose()).isEqualTo(IN_ORDER);
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void refusedConnectionIsNotToldGoodbye() {
    TestClient client = TestClient.connect(transport().query("refuse", "yes"));
    assertThat(client.receiveClose())
        .isEqualTo(
            new CloseMessage("Connection closed with an error. HubException: not you", false));
    assertThat(client.connection().ended()).contains(ConnectionEnd.GRACEFUL);
    assertThat(RecordingHub.goodbyes()).isZero();
  }

  @Test
  void abortWhileConnectingWaitsForTheWelcomeToEnd() throws Exception {
    TestClient client = TestClient.connect(transport().query("leave", "yes"));
    assertThat(client.receiveClose()).isEqualTo(FOR_GOOD);
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void goodbyeThatFailsIsToldToTheTransport() throws Exception {
    TestClient client = TestClient.connect(transport().query("fail", "yes"));
    client.notifyHub("Leave");
    assertThat(client.receiveClose()).isEqualTo(FOR_GOOD);
    assertThat(client.connection().ended()).contains(ConnectionEnd.FAILED);
  }

  @Test
  void clientIsStillInItsGroupsAtGoodbyeAndHearsNothing() {
    TestClient leaving = connect();
    TestClient staying = connect().handles("Left", String.class);
    leaving.invoke("Join");
    staying.invoke("Join");
    leaving.notifyHub("Leave");
    assertThat(staying.receive(InvocationMessage.class).arguments())
        .containsExactly(leaving.connectionId());
    assertThat(leaving.receive()).isEqualTo(FOR_GOOD);
    leaving.awaitClosed();
    assertThat(leaving.waiting()).isZero();
  }

  @Test
  void messagesBeforeTheWelcomeIsOverWait() {
    CompletableFuture<Void> welcome = RecordingHub.holdWelcome();
    TestClient client = TestClient.connect(transport());
    client.call("Add", 2, 3);
    hubs.context(RecordingHub.class).clients().all().send("Said", "early");
    client.handles("Said", String.class);
    assertThat(client.receive(InvocationMessage.class).target()).isEqualTo("Said");
    welcome.complete(null);
    assertThat(client.receive()).isEqualTo(CompletionMessage.result("1", 5));
  }

  @Test
  void callsThatCameBeforeTheSocketWasLostAreStillMade() throws Exception {
    TestClient client = connect();
    TestClient other = connect().handles("Said", String.class);
    client.sendText(
        "{\"type\":1,\"target\":\"Stuck\",\"arguments\":[]}\u001e"
            + "{\"type\":1,\"target\":\"Broadcast\",\"arguments\":[\"last words\"]}");
    client.close();
    RecordingHub.free();
    assertThat(other.receive(InvocationMessage.class).arguments()).containsExactly("last words");
    assertThat(RecordingHub.goodbye()).isEmpty();
  }

  @Test
  void endOfAConnectionFreesTheOnlyThreadThatWaitsForItsAnswer() throws Exception {
    ExecutorService onlyThread = Executors.newSingleThreadExecutor();
    try (Hubs narrow =
        Hubs.builder().executor(onlyThread).hub("/hub", RecordingHub.class).build()) {
      TestClient client = TestClient.connect(InMemoryTransport.to(narrow, "/hub"));
      client.handles("Ask").call("Ask");
      assertThat(client.receive(InvocationMessage.class).target()).isEqualTo("Ask");
      client.close();
      assertThat(RecordingHub.goodbye()).isEmpty();
    } finally {
      onlyThread.shutdownNow();
    }
  }

  @Test
  void endIsToldWhileTheApplicationBlocksTheCommonPool() throws Exception {
    CountDownLatch freed = new CountDownLatch(1);
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool().execute(() -> awaitQuietly(freed));
    }
    try {
      connect().close();
      assertThat(RecordingHub.goodbye()).isEmpty();
    } finally {
      freed.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void clientThatDoesNotTakeItsCloseIsCut() throws Exception {
    TestClient client = connect();
    client.connection().stopReading();
    client.notifyHub("Leave");
    client.awaitEnd();
    time.advance(Duration.ofSeconds(12));
    client.connection().closed().get(10, TimeUnit.SECONDS);
    assertThat(client.connection().abortCause())
        .hasValueSatisfying(cause -> assertThat(cause).hasMessageContaining("sendTimeout"));
  }
}
