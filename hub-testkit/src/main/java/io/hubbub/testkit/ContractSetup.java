package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.Hubs;
import io.hubbub.TransportType;
import io.hubbub.http.AccessToken;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HubHttp;
import io.hubbub.spi.Identity;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The server of a transport contract, and what its parts have in common.
 *
 * <p>Threads: one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractSetup {
  static final String APP = "https://app.example";

  private @Nullable ServerUnderTest server;
  private @Nullable WireHttp http;

  /**
   * Starts a server on a free port. May be called again while another one runs.
   *
   * @param hubs what it serves
   * @param settings to be applied to its {@link HubHttp.Builder}
   * @throws Exception fails the test
   */
  protected abstract ServerUnderTest start(Hubs hubs, Consumer<HubHttp.Builder> settings)
      throws Exception;

  /**
   * Whether it is the adapter that answers close frames, with 1000; some containers do that
   * themselves and ask nobody.
   */
  protected boolean answersCloseFrames() {
    return true;
  }

  @BeforeAll
  void startServer() throws Exception {
    ServerUnderTest started = startAnother();
    server = started;
    http = new WireHttp(started.uri());
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  /** A server of the same kind. */
  ServerUnderTest startAnother() throws Exception {
    return start(hubs(), ContractSetup::settings);
  }

  /** Requests to the server. */
  WireHttp http() {
    return Objects.requireNonNull(http, "The server has not been started");
  }

  private static Hubs hubs() {
    return Hubs.builder()
        .hub("/chat", ContractHub.class)
        .hub("/secure", ContractHub.Secure.class)
        .hub("/small", ContractHub.class, o -> o.maximumReceiveMessageSize(256))
        .hub("/stateful", ContractHub.class, o -> o.statefulReconnect(true))
        .hub("/quick", ContractHub.class, o -> o.pollTimeout(Duration.ofSeconds(1)))
        .hub("/left", ContractHub.class, o -> o.disconnectTimeout(Duration.ofSeconds(4)))
        .hub("/flood", ContractHub.class, o -> o.outboundLimit(256 * 1024))
        .hub("/ws", ContractHub.class, o -> o.transports(List.of(TransportType.WEB_SOCKETS)))
        .build();
  }

  private static void settings(HubHttp.Builder settings) {
    settings
        .cors(c -> c.allowOrigin(APP).allowCredentials())
        .authenticator(ContractSetup::authenticate);
  }

  private static CompletionStage<Identity> authenticate(HttpExchange exchange) {
    return CompletableFuture.completedFuture(
        AccessToken.of(exchange).map(name -> Identity.of(() -> name)).orElse(Identity.ANONYMOUS));
  }

  /** The path of a polling connection that has shaken hands. */
  String beginPolling(String hub) {
    String path = http().connect(hub);
    assertThat(http().get(path).body()).isEmpty();
    assertThat(http().post(path, WireSocket.HANDSHAKE).statusCode()).isEqualTo(200);
    assertThat(http().get(path).body()).isEqualTo("{}" + WireRecords.END);
    return path;
  }

  WireSocket connectStateful(String path) {
    WireSocket socket = WireSocket.open(http(), path);
    socket.send("{\"protocol\":\"json\",\"version\":2}" + WireRecords.END);
    assertThat(socket.records().next()).isEqualTo("{}");
    return socket;
  }

  static String idOf(WireSocket socket) {
    socket.invoke("id", "Id");
    for (; ; ) {
      JsonNode answer = socket.records().nextJson();
      if (answer.path("invocationId").asText().equals("id")) {
        return answer.get("result").asText();
      }
    }
  }

  static String invocation(String target, String... arguments) {
    return "{\"type\":1,\"target\":\"%s\",\"arguments\":[\"%s\"]}%s"
        .formatted(target, String.join("\",\"", arguments), WireRecords.END);
  }

  static void awaitGone(String id) {
    Awaitility.await().atMost(WireHttp.TIMEOUT).until(() -> ContractHub.GONE.contains(id));
  }

  static void assertText(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
  }
}
