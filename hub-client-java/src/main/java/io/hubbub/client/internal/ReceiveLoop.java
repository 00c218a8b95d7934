package io.hubbub.client.internal;

import io.hubbub.protocol.FrameReader;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeResponse;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubMessageHandler;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.ReceivedSequence;
import io.hubbub.protocol.SequenceMessage;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From bytes to messages: first the answer to the handshake, then one message after the other, with
 * those left out that stateful reconnect brought twice.
 *
 * <p>Threads: the receive callback only, but for {@link #dueAcknowledgement} and {@link
 * #expectSequence}, which is called between two transports.
 */
final class ReceiveLoop {
  private final HubProtocol protocol;
  private final InvocationBinder binder;
  private final FrameReader reader;
  private final Consumer<HandshakeResponse> handshake;
  private final HubMessageHandler messages;
  private final ReceivedSequence sequence = new ReceivedSequence();
  private boolean handshaken;

  /** Set before the handshake is sent. */
  private volatile boolean stateful;

  /** Set between two transports, cleared by the receive callback of the second. */
  private volatile boolean awaitsSequence;

  ReceiveLoop(
      HubProtocol protocol,
      InvocationBinder binder,
      int maxBytes,
      Consumer<HandshakeResponse> handshake,
      HubMessageHandler messages) {
    this.protocol = protocol;
    this.binder = binder;
    this.reader = new FrameReader(maxBytes);
    this.handshake = handshake;
    this.messages = messages;
  }

  /** Counts messages from now on. */
  void countMessages() {
    stateful = true;
  }

  /** A new transport follows: its first message tells where the server goes on. */
  void expectSequence() {
    reader.discardPartialFrame();
    awaitsSequence = true;
  }

  /**
   * @throws io.hubbub.protocol.HubProtocolException if the server breaks the protocol
   */
  void add(ByteBuffer bytes) {
    reader.add(bytes);
    if (!handshaken) {
      ByteBuffer record = reader.next(HandshakeProtocol.framing());
      if (record == null) {
        return;
      }
      HandshakeResponse response = HandshakeProtocol.parseResponse(record);
      handshaken = true;
      handshake.accept(response);
    }
    @Nullable ByteBuffer frame = reader.next(protocol);
    while (frame != null) {
      HubMessage message = protocol.parse(frame, binder);
      if (message != null && isWanted(message)) {
        message.dispatchTo(messages);
      }
      frame = reader.next(protocol);
    }
  }

  private boolean isWanted(HubMessage message) {
    if (!stateful) {
      return true;
    }
    if (message instanceof SequenceMessage start) {
      sequence.rewind(start);
      awaitsSequence = false;
      return true;
    }
    return !awaitsSequence && (!message.isTracked() || sequence.accept());
  }

  /** What the server is to be told that came; empty when it knows. */
  OptionalLong dueAcknowledgement() {
    return sequence.dueAcknowledgement();
  }
}
