package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InboundTest {
  private final Hubs hubs = Hubs.builder().hub("/hub", RecordingHub.class).build();

  static Stream<HubProtocol> protocols() {
    return Stream.of(JsonHubProtocol.create(), MessagePackHubProtocol.create());
  }

  @BeforeEach
  void reset() {
    RecordingHub.reset();
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  private InMemoryTransport transport() {
    return InMemoryTransport.to(hubs, "/hub");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void bytesMayComeOneByOne(HubProtocol protocol) {
    TestClient client = TestClient.open(transport(), protocol);
    byteByByte(
        client,
        ("{\"protocol\":\"" + protocol.name() + "\",\"version\":1}\u001e")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(client.handshakeResponse().error()).isNull();
    byteByByte(client, protocol.encode(InvocationMessage.of("1", "Add", 20, 22)));
    assertThat(client.receive()).isEqualTo(CompletionMessage.result("1", 42));
  }

  private static void byteByByte(TestClient client, byte[] bytes) {
    for (byte one : bytes) {
      client.sendRaw(new byte[] {one});
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void manyCallsInOnePieceAreAnsweredInOrder(HubProtocol protocol) {
    TestClient client = TestClient.connect(transport(), protocol);
    byte[] all = {};
    for (int i = 0; i < 200; i++) {
      byte[] one = protocol.encode(InvocationMessage.of(Integer.toString(i), "Add", i, 1));
      int end = all.length;
      all = Arrays.copyOf(all, end + one.length);
      System.arraycopy(one, 0, all, end, one.length);
    }
    client.sendRaw(all);
    for (int i = 0; i < 200; i++) {
      assertThat(client.receive()).isEqualTo(CompletionMessage.result(Integer.toString(i), i + 1));
    }
  }

  @Test
  void messageOfAnUnknownTypeIsIgnoredAndTheNextIsHandledAtOnce() {
    TestClient client = TestClient.connect(transport());
    client.sendText("{\"type\":99,\"new\":true}");
    assertThat(client.invoke("Add", 1, 2).result()).isEqualTo(3);
  }
}
