package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.FakeServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that are no hubs, or are out to do harm: a start fails clearly, and never without end.
 */
class HostileServerTest {
  private static final String HTML = "<html><body>Welcome</body></html>";

  private final Connections connections = new Connections();
  private final FakeServer server = connections.server();

  @AfterEach
  void closeAll() {
    connections.close();
  }

  private Throwable failedStart(UnaryOperator<HubConnectionBuilder> settings) {
    Throwable error =
        failure(connections.build(settings.apply(HubConnection.builder(server.url()))).start());
    assertThat(error).isInstanceOf(ConnectFailedException.class);
    return error;
  }

  private Throwable failedStart() {
    return failedStart(builder -> builder);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Writes on until the client has had enough. */
  private static void writeForever(Socket socket, String head) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] piece = new byte[8192];
    Arrays.fill(piece, (byte) ' ');
    try {
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      // Enough.
    }
  }

  // ---- negotiate

  @Test
  void htmlInPlaceOfNegotiateFailsTheStart() {
    server.negotiateWith(request -> Answer.json(HTML));
    assertThat(failedStart()).hasMessageContaining("Expected a JSON object as the answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "{}", "{\"connectionId\":7}"})
  void answersThatSayTooLittleFailTheStart(String body) {
    server.negotiateWith(request -> Answer.json(body));
    failedStart();
  }

  @Test
  void negotiateWithoutEndIsCutOff() {
    server.takeOver(
        (head, socket) -> {
          writeForever(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n{");
          return true;
        });
    assertThat(failedStart()).hasMessageContaining("at most 1048576 bytes");
  }

  @Test
  void negotiateThatStopsHalfWayIsGivenUp() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    server.takeOver(
        (head, socket) -> {
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
          over.join();
          return true;
        });
    failedStart(builder -> builder.requestTimeout(Duration.ofMillis(300)));
    over.complete(null);
  }

  @Test
  void negotiateThatIsNeverAnsweredIsGivenUp() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    server.takeOver(
        (head, socket) -> {
          over.join();
          return true;
        });
    failedStart(builder -> builder.requestTimeout(Duration.ofMillis(300)));
    over.complete(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com/hub", "http://", "://", "http://a b/", "mailto:ann"})
  void redirectToNowhereFailsTheStart(String target) {
    server.negotiateWith(request -> Answer.json("{\"url\":\"" + target + "\"}"));
    assertThat(failedStart())
        .hasMessage(
            "Expected negotiate to redirect to an http or https address, but got '" + target + "'");
  }

  // ---- opening a WebSocket

  @Test
  void pageInPlaceOfASocketFailsTheStart() {
    upgradeWith("HTTP/1.1 200 OK\r\nContent-Length: " + HTML.length() + "\r\n\r\n" + HTML);
    assertThat(failedStart()).hasMessageContaining("WebSockets failed");
  }

  @Test
  void wrongAcceptKeyFailsTheStart() {
    upgradeWith(
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: d3Jvbmc=\r\n\r\n");
    assertThat(failedStart()).hasMessageContaining("WebSockets failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 101 X\r\n\r\n",
        "HTTP/1.1 302 X\r\nLocation: nowhere\r\n\r\n",
        "\r\n\r\n",
        ""
      })
  void otherAnswersToTheUpgradeFailTheStart(String answer) {
    upgradeWith(answer);
    assertThat(failedStart()).hasMessageContaining("WebSockets failed");
  }

  @Test
  void headWithoutEndFailsTheStart() {
    server.takeOver(
        (head, socket) -> {
          if (!head.startsWith("GET")) {
            return false;
          }
          writeForever(socket, "HTTP/1.1 101 X\r\nX-Long: ");
          return true;
        });
    assertThat(failedStart()).hasMessageContaining("within 65536 bytes");
  }

  private void upgradeWith(String answer) {
    server.takeOver(
        (head, socket) -> {
          if (!head.startsWith("GET")) {
            return false;
          }
          write(socket, answer);
          return true;
        });
  }

  // ---- the other transports

  private static String offering(String transport) {
    return Answer.connection("token").body().replace("WebSockets", transport);
  }

  @Test
  void pageInPlaceOfAnEventStreamFailsTheStart() {
    server.negotiateWith(request -> Answer.json(offering("ServerSentEvents")));
    server.takeOver(
        (head, socket) -> {
          if (!head.startsWith("GET")) {
            return false;
          }
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n" + HTML);
          return true;
        });
    assertThat(failedStart())
        .hasMessageContaining("closed before the server answered the handshake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ServerSentEvents", "LongPolling"})
  void eventsAndPollsWithoutEndAreCutOff(String transport) {
    server.negotiateWith(request -> Answer.json(offering(transport)));
    server.takeOver(
        (head, socket) -> {
          if (!head.startsWith("GET")) {
            return false;
          }
          writeForever(socket, "HTTP/1.1 200 OK\r\n\r\ndata: ");
          return true;
        });
    Throwable error = failedStart(builder -> builder.maximumMessageSize(100_000));
    assertThat(error).hasStackTraceContaining("maximumMessageSize");
  }
}
