package io.hubbub.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.HubContext;
import io.hubbub.HubOptions;
import io.hubbub.Hubs;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final String CANCELED = "{\"error\":\"Handshake was canceled.\"}";

  private final VirtualScheduler time = new VirtualScheduler();
  private Hubs hubs = hubs(options -> {});

  private Hubs hubs(Consumer<HubOptions.Builder> options) {
    return Hubs.builder().scheduler(time).hub("/hub", SilentHub.class, options).build();
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  private TestClient open() {
    return TestClient.open(InMemoryTransport.to(hubs, "/hub"), JsonHubProtocol.create());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"protocol\":\"json\",\"version\":1}",
        "{\"protocol\":\"JSON\",\"version\":2}",
        "{\"version\":0,\"protocol\":\"json\"}",
        "{\"protocol\":\"json\",\"version\":-7,\"more\":[1,{}]}"
      })
  void requestIsAccepted(String request) {
    TestClient client = open();
    client.sendText(request);
    assertThat(client.receiveText()).isEqualTo("{}");
    assertThat(client.connection().ended()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"protocol":"xml","version":1}  | The protocol 'xml' is not supported.
          {"protocol":"json","version":3} | The server does not support version 3 of the 'json' protocol.
          {"protocol":"json"}             | An unexpected error occurred during connection handshake.
          {"version":1}                   | An unexpected error occurred during connection handshake.
          []                              | An unexpected error occurred during connection handshake.
          not json                        | An unexpected error occurred during connection handshake.
          """)
  void requestIsRefusedAndTheConnectionEnds(String request, String error) {
    TestClient client = open();
    client.sendText(request);
    assertThat(client.receiveText()).isEqualTo("{\"error\":\"" + error + "\"}");
    client.awaitClosed();
  }

  @Test
  void clientThatHasItsAnswerCanBeReachedByOthers() {
    HubContext<SilentHub> others = hubs.context(SilentHub.class);
    List<String> received = new CopyOnWriteArrayList<>();
    InMemoryTransport ann = InMemoryTransport.to(hubs, "/hub").user("ann");
    InMemoryConnection connection =
        ann.connect(
            payload -> {
              if (received.isEmpty()) {
                others.clients().user("ann").send("Hello");
              }
              received.add(UTF_8.decode(payload.buffer()).toString());
            });

    connection.send("{\"protocol\":\"json\",\"version\":1}\u001e".getBytes(UTF_8));
    connection.taken().join();

    assertThat(received)
        .containsExactly("{}\u001e", "{\"type\":1,\"target\":\"Hello\",\"arguments\":[]}\u001e");
  }

  @Test
  void protocolThatTheHubDoesNotSupportIsRefused() {
    hubs = hubs(options -> options.supportedProtocols(List.of("MessagePack")));
    TestClient client = open();
    client.sendText("{\"protocol\":\"json\",\"version\":1}");
    assertThat(client.receiveText())
        .isEqualTo("{\"error\":\"The protocol 'json' is not supported.\"}");
  }

  @Test
  void binaryProtocolOnATextTransportIsRefused() {
    TestClient client =
        TestClient.open(InMemoryTransport.to(hubs, "/hub").textOnly(), JsonHubProtocol.create());
    client.sendText("{\"protocol\":\"messagepack\",\"version\":1}");
    assertThat(client.receiveText())
        .isEqualTo(
            "{\"error\":\"Cannot use the 'messagepack' protocol on the current transport. The"
                + " transport does not support 'Binary' transfer format.\"}");
    assertThat(client.connection().format()).isEqualTo(TransferFormat.TEXT);
  }

  @Test
  void acceptedBinaryProtocolIsAnsweredInItsOwnFormat() {
    TestClient client =
        TestClient.open(InMemoryTransport.to(hubs, "/hub"), MessagePackHubProtocol.create());
    client.sendText("{\"protocol\":\"messagepack\",\"version\":1}");
    assertThat(client.connection().format()).isEqualTo(TransferFormat.BINARY);
    assertThat(client.connection().arrived().peek().format()).isEqualTo(TransferFormat.BINARY);
    assertThat(client.receiveText()).isEqualTo("{}");
  }

  @Test
  void detailsAreShownWhereTheHubWantsThem() {
    hubs = hubs(options -> options.detailedErrors(true));
    TestClient client = open();
    client.sendText("{\"version\":1}");
    assertThat(client.receiveText())
        .startsWith("{\"error\":\"An unexpected error occurred during connection handshake. ")
        .contains("Missing required property 'protocol'.");
  }

  @Test
  void clientThatTakesTooLongIsCanceled() {
    TestClient client = open();
    time.advance(Duration.ofSeconds(15));
    assertThat(client.connection().ended()).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(client.receiveText()).isEqualTo(CANCELED);
    client.awaitClosed();
  }

  @Test
  void requestThatNeverEndsIsCanceledAtTheSizeLimit() {
    hubs = hubs(options -> options.maximumReceiveMessageSize(20));
    TestClient client = open();
    client.sendRaw(new byte[19]);
    assertThat(client.connection().ended()).isEmpty();
    client.sendRaw(new byte[1]);
    assertThat(client.receiveText()).isEqualTo(CANCELED);
    client.awaitClosed();
  }

  @Test
  void clientThatLeavesBeforeIsToldNothing() {
    TestClient client = open();
    client.sendRaw("{\"protocol\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    client.close();
    assertThat(client.waiting()).isZero();
  }

  @Test
  void callsMayComeInTheSamePieceAsTheRequest() {
    TestClient client = open();
    client.sendText(
        "{\"protocol\":\"json\",\"version\":1}\u001e"
            + "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Nothing\",\"arguments\":[]}");
    assertThat(client.receiveText()).isEqualTo("{}");
    assertThat(client.receiveText())
        .isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":null}");
  }

  @Test
  void connectionThatIsEndedWhileItsHandshakeIsTakenEnds() throws Exception {
    for (int round = 0; round < 5_000; round++) {
      TestClient client = open();
      CyclicBarrier together = new CyclicBarrier(2);
      CompletableFuture<Void> ending =
          CompletableFuture.runAsync(
              () -> {
                meet(together);
                client.connection().hub().requestClose();
              });
      meet(together);
      client.sendText("{\"protocol\":\"json\",\"version\":1}");
      ending.get(30, TimeUnit.SECONDS);
      client.connection().closed().get(30, TimeUnit.SECONDS);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does nothing. */
  public static final class SilentHub extends Hub {
    public void nothing() {}
  }
}
