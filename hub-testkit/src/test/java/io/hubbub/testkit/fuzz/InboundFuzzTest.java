package io.hubbub.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.testkit.InMemoryTransport;
import io.hubbub.testkit.TestClient;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged frames, in pieces of any length, before and after the handshake. */
@Tag("fuzz")
class InboundFuzzTest {
  private final Hubs hubs = Hubs.builder().hub("/hub", FuzzHub.class).build();

  static Stream<HubProtocol> protocols() {
    return Stream.of(JsonHubProtocol.create(), MessagePackHubProtocol.create());
  }

  @AfterEach
  void close() {
    hubs.close();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void connectionsNeverHangAndOthersLive(HubProtocol protocol) {
    try (TestClient honest = TestClient.connect(transport(), protocol)) {
      Fuzzer.of(protocol.name(), Mutator.BYTES)
          .run(
              input -> {
                receive(input, protocol);
                assertThat(honest.invoke("Echo", "x").result()).isEqualTo("x");
              });
    }
  }

  private InMemoryTransport transport() {
    return InMemoryTransport.to(hubs, "/hub");
  }

  private void receive(byte[] input, HubProtocol protocol) throws Exception {
    Random random = new Random(Arrays.hashCode(input));
    TestClient client = TestClient.open(transport(), protocol);
    if (random.nextInt(4) > 0) {
      client.shakeHands(1);
    }
    for (int at = 0; at < input.length; ) {
      int end = Math.min(input.length, at + 1 + random.nextInt(input.length));
      client.sendRaw(Arrays.copyOfRange(input, at, end));
      at = end;
    }
    client.close();
    client.connection().closed().get(10, TimeUnit.SECONDS);
  }
}
