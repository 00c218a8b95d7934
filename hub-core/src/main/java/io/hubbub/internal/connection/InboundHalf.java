package io.hubbub.internal.connection;

import io.hubbub.internal.dispatch.HubCalls;
import io.hubbub.protocol.Framing;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeResponse;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends: the handshake first, then messages. No message is parsed before the hub's
 * {@code onConnected} is done.
 *
 * <p>Threads: the receive callback, as {@link InboundPump} says; {@link #forget} any.
 */
final class InboundHalf implements InboundPump.Sink {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final ClientConnection connection;
  private final InboundPump pump;
  private @Nullable HubCalls calls;
  private @Nullable MessageRouter router;

  InboundHalf(ClientConnection connection, int maxFrameLength) {
    this.connection = connection;
    this.pump = new InboundPump(this, maxFrameLength);
  }

  CompletionStage<Void> onBytes(ByteBuffer bytes) {
    return pump.onBytes(bytes);
  }

  void end(@Nullable Throwable cause) {
    pump.end(cause);
  }

  /** What the transport ended with. */
  @Nullable Throwable endCause() {
    return pump.endCause();
  }

  void forget() {
    pump.forget();
  }

  @Override
  public Framing framing() {
    return router == null ? HandshakeProtocol.framing() : connection.protocol();
  }

  @Override
  public CompletionStage<Void> onFrame(ByteBuffer frame) {
    MessageRouter opened = router;
    HubCalls opener = calls;
    if (opened == null || opener == null) {
      return onHandshake(frame);
    }
    connection.keepAlive().received();
    HubMessage message = connection.protocol().parse(frame, opener.binder());
    return message == null ? DONE : opened.route(message);
  }

  @Override
  public boolean isOpen() {
    return connection.lifecycle().state().isAlive();
  }

  @Override
  public void onIdle() {
    if (router != null) {
      connection.keepAlive().idle(connection.now());
    }
  }

  @Override
  public void onFailure(Throwable cause) {
    connection.lifecycle().failed(cause);
  }

  @Override
  public void onEnd(@Nullable Throwable cause, boolean insideFrame) {
    Throwable reason =
        cause == null && insideFrame
            ? new HubProtocolException("Connection terminated while reading a message.")
            : cause;
    connection.close(Ending.ofTransport(reason));
  }

  private CompletionStage<Void> onHandshake(ByteBuffer frame) {
    TransportConnection transport = connection.transport();
    Handshake answer = Handshake.of(frame, connection.table().mapping().protocols(), transport);
    HubProtocol protocol = answer.protocol();
    if (protocol == null) {
      connection.lifecycle().refuse(answer.error());
      return DONE;
    }
    StatefulReconnect stateful = stateful(answer.version());
    connection.accept(protocol, stateful);
    HubCalls opener = connection.table().mapping().dispatcher().open(connection);
    calls = opener;
    router = new MessageRouter(connection, opener, stateful);
    // Queued before others may send, or end what is open: it is the client's first message.
    transport.useFormat(protocol.transferFormat());
    connection
        .outbound()
        .queueHandshake(
            Payload.of(
                HandshakeProtocol.writeResponse(HandshakeResponse.OK), protocol.transferFormat()));
    return connection.lifecycle().open(opener) ? connection.lifecycle().greet(opener) : DONE;
  }

  /** What is kept for a client that may come back; version 1 of the protocols cannot say so. */
  private @Nullable StatefulReconnect stateful(int version) {
    TransportConnection transport = connection.transport();
    if (!transport.isStatefulReconnectNegotiated()) {
      return null;
    }
    if (version < 2) {
      transport.disableStatefulReconnect();
      return null;
    }
    ReplayBuffer replay =
        new ReplayBuffer(
            connection.table().mapping().options().statefulReconnectBufferSize(),
            connection.table().parts().replayBudget());
    return new StatefulReconnect(replay, connection.now());
  }
}
