package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.SequenceMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that may lose its socket: counts what it gets and leaves out what is repeated, as the
 * protocol wants it.
 *
 * <p>Threads: one at a time.
 */
final class ResumingClient {
  private final TestClient wire;
  private final List<String> received = new ArrayList<>();

  /** The number of the latest message that was taken, and of the latest that came. */
  private long taken;

  private long latest;

  /** Connects, and calls the hub's {@code Id} once. */
  ResumingClient(InMemoryTransport transport, HubProtocol protocol) {
    wire = TestClient.open(transport, protocol);
    wire.shakeHands(2);
    wire.handles("Receive", String.class);
    assertThat(wire.invoke("Id").result()).isEqualTo(wire.connectionId());
    taken = 1;
    latest = 1;
  }

  /** Takes so many calls of {@code Receive} that are new. */
  void receive(int count) {
    int wanted = received.size() + count;
    while (received.size() < wanted) {
      HubMessage message = wire.receive();
      latest++;
      if (latest > taken) {
        taken = latest;
        if (message instanceof InvocationMessage call) {
          received.add(String.valueOf(call.arguments()[0]));
        }
      }
    }
  }

  void loseSocket() {
    wire.connection().loseSocket();
  }

  /** Comes back on a new socket, where nothing counts before the sequence. */
  void comeBack() {
    wire.connection().reconnect();
    wire.send(new SequenceMessage(2));
    HubMessage message = wire.receive();
    while (!(message instanceof SequenceMessage)) {
      message = wire.receive();
    }
    latest = ((SequenceMessage) message).sequenceId() - 1;
  }

  List<String> received() {
    return received;
  }
}
