package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What WebSockets must do. Threads: one. */
abstract class SocketContract extends ContractSetup {
  @Test
  void everybodyHearsABroadcastOverWebSockets() {
    WireSocket ann = WireSocket.connect(http(), "/chat");
    WireSocket bob = WireSocket.connect(http(), http().connect("/chat"));
    // Only what follows the handshake shows that broadcasts reach him.
    assertThat(idOf(bob)).isNotEmpty();

    ann.send(
        invocation("SendGroup", "nobody", "x") + WireSocket.invocation("1", "Broadcast", "안녕 👋"));

    for (WireSocket each : List.of(ann, bob)) {
      JsonNode message = each.records().nextJson();
      assertThat(message.get("target").asText()).isEqualTo("Receive");
      assertThat(message.get("arguments").get(0).asText()).isEqualTo("안녕 👋");
    }
    // It is over for everybody, the clients of other tests included.
    assertThat(ann.records().nextJson().get("invocationId").asText()).isEqualTo("1");
    ann.close(1000);
    bob.close(1000);
  }

  @Test
  void messagesMayComeInPieces() {
    WireSocket socket = WireSocket.connect(http(), "/chat");

    socket.sendInPieces(WireSocket.invocation("1", "Echo", "빵 and pieces ".repeat(1000)));

    assertThat(socket.records().nextJson().get("result").asText()).startsWith("빵 and pieces 빵");
    socket.close(1000);
  }

  @Test
  void longMessagesArriveWhole() {
    WireSocket socket = WireSocket.connect(http(), "/chat");
    String text = "ab 한글 ".repeat(2500);

    socket.invoke("1", "Echo", text);

    assertThat(socket.records().nextJson().get("result").asText()).isEqualTo(text);
    socket.close(1000);
  }

  @Test
  void binaryProtocolTravelsInBinaryMessages() throws Exception {
    WireSocket socket = WireSocket.open(http(), "/chat");
    socket.send("{\"protocol\":\"messagepack\",\"version\":1}\u001e");
    assertThat(StandardCharsets.UTF_8.decode(socket.nextBinary()).toString())
        .isEqualTo("{}" + WireRecords.END);

    // An invocation of Echo("x") with id "1", after its length.
    byte[] call = {
      15,
      (byte) 0x96,
      1,
      (byte) 0x80,
      (byte) 0xa1,
      '1',
      (byte) 0xa4,
      'E',
      'c',
      'h',
      'o',
      (byte) 0x91,
      (byte) 0xa1,
      'x',
      (byte) 0x90
    };
    call[0] = (byte) (call.length - 1);
    socket.send(call);

    ByteBuffer answer = socket.nextBinary();
    assertThat(StandardCharsets.ISO_8859_1.decode(answer).toString()).endsWith("\u0003\u00a1x");
    socket.close(1000);
  }

  @Test
  void closeFrameIsAnsweredAndEndsTheConnection() {
    WireSocket socket = WireSocket.connect(http(), "/chat");
    String id = idOf(socket);

    socket.close(3000);

    int code = socket.closeCode();
    if (answersCloseFrames()) {
      assertThat(code).isEqualTo(1000);
    }
    awaitGone(id);
  }

  @Test
  void hubThatEndsSaysCloseAndClosesInOrder() {
    WireSocket socket = WireSocket.connect(http(), "/chat");

    socket.invoke("1", "Abort");

    assertThat(socket.records().last()).isEqualTo("{\"type\":7}");
    assertThat(socket.closeCode()).isEqualTo(1000);
  }

  @Test
  void clientThatVanishesIsNoticed() {
    WireSocket socket = WireSocket.connect(http(), "/chat");
    String id = idOf(socket);

    socket.cut();

    awaitGone(id);
  }

  @Test
  void socketsAreRefusedWithAStatus() {
    String path = http().connect("/chat");
    WireSocket socket = WireSocket.connect(http(), path);

    assertThat(WireSocket.refusal(http(), "/chat?id=unknown")).isEqualTo(404);
    assertThat(WireSocket.refusal(http(), path)).isEqualTo(409);
    assertThat(WireSocket.refusal(http(), "/secure")).isEqualTo(401);
    assertThat(WireSocket.refusal(http(), path.replace("/chat", "/small"))).isEqualTo(404);
    socket.close(1000);
  }

  @Test
  void messageOverTheLimitEndsTheConnection() {
    WireSocket socket = WireSocket.connect(http(), "/small");

    socket.invoke("1", "Echo", "x".repeat(2000));

    assertThat(socket.records().last()).contains("Connection closed with an error.");
    assertThat(socket.closeCode()).isEqualTo(1000);
  }

  @Test
  void hubSeesTheRequestOfTheSocket() {
    WireSocket socket = WireSocket.connect(http(), "/chat", "X-Shoe-Size", "42");

    socket.invoke("1", "Header", "x-shoe-size");

    assertThat(socket.records().nextJson().get("result").asText()).isEqualTo("42");
    socket.close(1000);
  }

  @Test
  void clientComesBackWithWhatItMissed() {
    String path = http().connect("/stateful");
    WireSocket first = connectStateful(path);
    first.invoke("1", "Echo", "one");
    assertThat(first.records().next()).contains("one");
    first.cut();

    WireSocket second = WireSocket.open(http(), path);

    assertThat(second.records().next()).isEqualTo("{\"type\":9,\"sequenceId\":1}");
    assertThat(second.records().next()).contains("one");
    second.send("{\"type\":9,\"sequenceId\":2}" + WireRecords.END);
    second.invoke("2", "Echo", "two");
    assertThat(second.records().next()).contains("two");
    second.close(1000);
  }

  @Test
  void newSocketTakesOverFromOneThatLives() {
    String path = http().connect("/stateful");
    WireSocket first = connectStateful(path);
    String id = idOf(first);

    WireSocket second = WireSocket.open(http(), path);
    assertThat(second.records().nextJson().get("type").asInt()).isEqualTo(9);
    assertThat(second.records().next()).contains(id);

    assertThat(first.closeCode()).isNotEqualTo(0);
    second.send("{\"type\":9,\"sequenceId\":2}" + WireRecords.END);
    assertThat(idOf(second)).isEqualTo(id);
    assertThat(ContractHub.GONE).doesNotContain(id);
    second.close(1000);
  }
}
