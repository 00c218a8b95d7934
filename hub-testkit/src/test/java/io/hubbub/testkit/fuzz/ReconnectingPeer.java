package io.hubbub.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReceivedSequence;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.testkit.TestClient;
import io.hubbub.testkit.VirtualScheduler;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of stateful reconnect, played by a script. It keeps to the protocol, and checks
 * that the server does, until a line sends something raw: then the server only has to survive.
 *
 * <p>Threads: one.
 */
final class ReconnectingPeer {
  private static final int MOST_STEPS = 200;

  /** The longest message that this peer causes the server to send. */
  private static final int LONGEST = 100;

  private final JsonHubProtocol protocol = JsonHubProtocol.create();
  private final TestClient client;
  private final VirtualScheduler time;
  private final int serverBuffer;
  private final ReplayBuffer sent =
      new ReplayBuffer(Integer.MAX_VALUE, ReplayBuffer.Budget.unlimited());
  private final ReceivedSequence received = new ReceivedSequence();

  private final List<String> answers = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private int calls;
  private int said;
  private int steps;
  private long unacknowledged;
  private boolean attached = true;
  private boolean hostile;

  ReconnectingPeer(TestClient client, VirtualScheduler time, int serverBuffer) {
    this.client = client;
    this.time = time;
    this.serverBuffer = serverBuffer;
  }

  /** What the server is to say next to everybody. */
  String nextText() {
    return Integer.toString(said++);
  }

  void step(String line) {
    if (++steps > MOST_STEPS) {
      return;
    }
    switch (line) {
      case "call" -> deliver(newCall(), Integer.MAX_VALUE);
      case "half" -> {
        byte[] call = newCall();
        deliver(call, call.length / 2);
        cut();
      }
      case "lost" -> {
        newCall();
        cut();
      }
      case "read" -> read();
      case "ack" -> acknowledge();
      case "cut" -> cut();
      case "back" -> comeBack();
      case "time" -> time.advance(Duration.ofSeconds(2));
      default -> raw(line);
    }
  }

  private byte[] newCall() {
    String id = Integer.toString(calls++);
    byte[] call = protocol.encode(InvocationMessage.of(id, "Echo", id));
    sent.sent(Payload.of(call, TransferFormat.TEXT));
    return call;
  }

  private void deliver(byte[] message, int atMost) {
    if (attached) {
      client.sendRaw(Arrays.copyOf(message, Math.min(message.length, atMost)));
    }
  }

  private void send(HubMessage untracked) {
    deliver(protocol.encode(untracked), Integer.MAX_VALUE);
  }

  private void raw(String line) {
    if (line.startsWith("raw ")) {
      hostile = true;
      String text = line.substring(4).replace("\u00e2\u0090\u009e", "\u001e");
      deliver(text.getBytes(ISO_8859_1), Integer.MAX_VALUE);
    }
  }

  private void cut() {
    if (attached) {
      attached = false;
      client.connection().loseSocket();
    }
  }

  /** After a second, as the server allows no more than that for long. */
  private void comeBack() {
    if (attached || !client.connection().isStatefulReconnectNegotiated()) {
      return;
    }
    time.advance(Duration.ofSeconds(1));
    attached = true;
    client.connection().reconnect();
    ReplayBuffer.Resend missed = sent.resend();
    send(missed.sequence());
    missed.messages().forEach(message -> deliver(message.array(), message.size()));
  }

  private void acknowledge() {
    if (attached) {
      unacknowledged = 0;
      received.dueAcknowledgement().ifPresent(id -> send(new AckMessage(id)));
    }
  }

  /** Takes what has come; what nobody takes before a cut is lost. */
  private void read() {
    while (attached && client.waiting() > 0) {
      String text = client.receiveText();
      if (!hostile) {
        take(protocol.parse(ByteBuffer.wrap((text + "\u001e").getBytes(ISO_8859_1)), new Binder()));
        assertThat(unacknowledged).as("bytes in flight").isLessThan(serverBuffer + 2L * LONGEST);
      }
    }
  }

  private void take(@Nullable HubMessage message) {
    if (message instanceof SequenceMessage sequence) {
      received.rewind(sequence);
    } else if (message instanceof AckMessage ack) {
      sent.acknowledge(ack.sequenceId());
    } else if (message != null && message.isTracked() && received.accept()) {
      unacknowledged += protocol.encode(message).length;
      remember(message);
    }
  }

  private void remember(HubMessage message) {
    if (message instanceof InvocationMessage call) {
      heard.add((String) call.arguments()[0]);
    } else if (message instanceof CompletionMessage completion) {
      assertThat(completion.error()).isNull();
      answers.add(completion.invocationId() + "=" + completion.result());
    }
  }

  /** Comes back, takes everything, and compares. */
  void check() {
    comeBack();
    for (int i = 0; i < calls + said && !hostile; i++) {
      read();
      acknowledge();
    }
    read();
    if (!hostile) {
      assertThat(client.connection().closed()).isNotDone();
      assertThat(answers).isEqualTo(IntStream.range(0, calls).mapToObj(i -> i + "=" + i).toList());
      assertThat(heard).isEqualTo(IntStream.range(0, said).mapToObj(Integer::toString).toList());
    }
  }

  void leave() {
    client.close();
  }

  /** What the server says and answers is text. */
  private static final class Binder implements InvocationBinder {
    @Override
    public List<Type> parameterTypes(String target) {
      return List.of(String.class);
    }

    @Override
    public Type resultType(String invocationId) {
      return String.class;
    }

    @Override
    public @Nullable Type itemType(String streamId) {
      return null;
    }
  }
}
