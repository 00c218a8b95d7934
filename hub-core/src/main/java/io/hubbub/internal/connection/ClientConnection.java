package io.hubbub.internal.connection;

import io.hubbub.ConnectionClosedException;
import io.hubbub.ConnectionRequest;
import io.hubbub.HubScope;
import io.hubbub.OverflowPolicy;
import io.hubbub.internal.delivery.Delivery;
import io.hubbub.internal.dispatch.CallerConnection;
import io.hubbub.internal.dispatch.ClientResultGate;
import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from both sides: the transport brings bytes and takes what waits, the
 * hub's parts send and end it. What comes in is {@link InboundHalf}'s, the way out {@link
 * Lifecycle}'s; this class joins them and owns what is sent.
 *
 * <p>Threads: any, but for the calls that {@link ConnectionReceiver} promises one at a time.
 */
final class ClientConnection implements ConnectionReceiver, ConnectedClient, CallerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  private final ConnectionTable table;
  private final TransportConnection transport;
  private final OutboundQueue outbound;
  private final KeepAlive keepAlive;
  private final InboundHalf inbound;
  private final Lifecycle lifecycle;
  private final CallerContext context = new CallerContext(this);

  /** Written at the handshake, before the connection is open. */
  private volatile @Nullable HubProtocol protocol;

  /** Written at the handshake, before the connection is open. */
  private volatile @Nullable StatefulReconnect stateful;

  /** Written at the handshake and when the identity changes. */
  private volatile @Nullable String userId;

  private volatile boolean draining;

  ClientConnection(ConnectionTable table, TransportConnection transport) {
    this.table = table;
    this.transport = transport;
    this.outbound = new OutboundQueue(table.mapping().options().outboundLimit());
    this.keepAlive = new KeepAlive(table.parts().scheduler().nanoTime());
    this.inbound = new InboundHalf(this, table.mapping().options().maximumReceiveMessageSize());
    this.lifecycle = new Lifecycle(this);
  }

  // ---- what the transport sees

  @Override
  public CompletionStage<Void> onBytes(ByteBuffer bytes) {
    return inbound.onBytes(bytes);
  }

  @Override
  public @Nullable Payload poll() {
    return outbound.poll();
  }

  @Override
  public Optional<ConnectionEnd> end() {
    return Optional.ofNullable(lifecycle.end());
  }

  @Override
  public void onReconnected() {
    StatefulReconnect kept = stateful;
    if (kept == null || !lifecycle.state().isAlive()) {
      return;
    }
    if (!kept.permits(now())) {
      LOG.warn("Connection {} comes back too often and is cut", connectionId());
      transport.abort(new ConnectionClosedException("The client reconnects too often"));
      return;
    }
    inbound.forget();
    ReplayBuffer.Resend missed = kept.replay().resend();
    outbound.repeat(encode(missed.sequence()), missed.messages());
    wake();
  }

  @Override
  public void onIdentityChanged() {
    if (lifecycle.state().phase() != ConnectionState.Phase.OPEN) {
      return;
    }
    String previous = userId;
    String current = findUserId();
    if (!Objects.equals(previous, current)) {
      userId = current;
      table
          .mapping()
          .lifetime()
          .userChanged(this, previous)
          .whenComplete(
              (moved, failure) -> lifecycle.logFailure("follow the new user of", failure));
    }
  }

  @Override
  public void requestClose() {
    close(Ending.inOrder());
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    outbound.discard();
    lifecycle.transportGone();
    inbound.end(cause);
  }

  // ---- what delivery and dispatch see

  @Override
  public String connectionId() {
    return transport.connectionId();
  }

  @Override
  public Optional<String> userId() {
    return Optional.ofNullable(userId);
  }

  @Override
  public HubProtocol protocol() {
    HubProtocol chosen = protocol;
    if (chosen == null) {
      throw new IllegalStateException("Expected a protocol, but the handshake is not over");
    }
    return chosen;
  }

  @Override
  public HubScope scope(ClientResultGate gate) {
    return new HubScope(
        Delivery.callerClients(table.mapping().lifetime(), connectionId(), gate::beforeInvoke),
        table.groups(),
        context);
  }

  @Override
  public Identity identity() {
    return transport.identity();
  }

  @Override
  public ConnectedClient client() {
    return this;
  }

  @Override
  public void send(EncodedMessage message) {
    Payload payload = message.in(protocol());
    if (payload == null) {
      table
          .parts()
          .events()
          .encodingMissing(table.mapping().hubClass(), connectionId(), protocol().name());
      return;
    }
    write(payload, mayBeDropped(message));
  }

  private boolean mayBeDropped(EncodedMessage message) {
    return table.mapping().options().overflowPolicy() == OverflowPolicy.DROP_NEWEST
        && !(message.message() instanceof InvocationMessage call && call.invocationId() != null);
  }

  @Override
  public CompletionStage<Void> send(HubMessage message) {
    write(encode(message), false);
    CompletionStage<Void> room = outbound.room();
    return room.toCompletableFuture().isDone()
        ? room
        : room.thenRunAsync(() -> {}, table.parts().executor());
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    close(Ending.aborted(cause));
  }

  @Override
  public void fail(Throwable cause) {
    close(Ending.failed(cause));
  }

  // ---- what the connection's own parts see

  ConnectionTable table() {
    return table;
  }

  TransportConnection transport() {
    return transport;
  }

  OutboundQueue outbound() {
    return outbound;
  }

  KeepAlive keepAlive() {
    return keepAlive;
  }

  InboundHalf inbound() {
    return inbound;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  CallerContext context() {
    return context;
  }

  long now() {
    return table.parts().scheduler().nanoTime();
  }

  ConnectionRequest request() {
    return transport.request();
  }

  /** Takes what the handshake found; the connection is not open yet. */
  void accept(HubProtocol chosen, @Nullable StatefulReconnect kept) {
    protocol = chosen;
    stateful = kept;
    userId = findUserId();
    if (kept != null) {
      outbound.keepForReplay(kept.replay());
    }
  }

  private @Nullable String findUserId() {
    return table
        .parts()
        .userIds()
        .userId(transport.identity().principal(), transport.request())
        .orElse(null);
  }

  void close(Ending ending) {
    lifecycle.begin(ending);
  }

  /** New calls are not taken any more; running ones may finish. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  void onPing() {
    keepAlive.arm();
  }

  void onAck(AckMessage ack) {
    StatefulReconnect kept = stateful;
    if (kept != null && kept.replay().acknowledge(ack.sequenceId()) && outbound.resume()) {
      wake();
    }
  }

  /** The server's tick, once a second: pings, acknowledgements, silence. */
  void tick(long now) {
    switch (lifecycle.state().phase()) {
      case HANDSHAKE -> lifecycle.tickHandshake(now);
      case OPEN -> tickOpen(now);
      case CLOSING -> lifecycle.tickClosing(now);
      case CLOSED -> {}
    }
  }

  private void tickOpen(long now) {
    if (keepAlive.isSilent(now, table.clientTimeoutNanos())) {
      close(Ending.timedOut());
      return;
    }
    if (!transport.hasInherentKeepAlive()
        && keepAlive.pingDue(now, table.keepAliveNanos())
        && !outbound.isWaiting()) {
      writeUrgent(table.ping(protocol()));
    }
    StatefulReconnect kept = stateful;
    if (kept != null) {
      OptionalLong due = kept.received().dueAcknowledgement();
      if (due.isPresent()) {
        writeUrgent(encode(new AckMessage(due.getAsLong())));
      }
    }
  }

  /** Forgets what was kept for a client that may come back. */
  void release() {
    StatefulReconnect kept = stateful;
    if (kept != null) {
      kept.replay().clear();
    }
  }

  Payload encode(HubMessage message) {
    HubProtocol chosen = protocol();
    return Payload.of(chosen.encode(message), chosen.transferFormat());
  }

  void writeUrgent(Payload payload) {
    if (outbound.offerUrgent(payload) == OutboundQueue.Offer.WAKE) {
      wake();
    }
  }

  private void write(Payload payload, boolean mayBeDropped) {
    switch (outbound.offer(payload)) {
      case WAKE -> wake();
      case OVERFLOW -> overflow(payload, mayBeDropped);
      case QUEUED, SEALED -> {}
    }
  }

  private void overflow(Payload refused, boolean mayBeDropped) {
    long queued = outbound.bytes() + refused.size();
    LOG.debug("Connection {} reads too slowly: {} bytes wait", connectionId(), queued);
    table.parts().events().slowClient(table.mapping().hubClass(), connectionId(), queued);
    if (!mayBeDropped) {
      close(Ending.tooSlow(queued, table.mapping().options().outboundLimit()));
    }
  }

  /** Tells the transport that something waits. */
  void wake() {
    try {
      transport.outboundReady();
    } catch (RuntimeException e) {
      LOG.warn("The transport of connection {} failed", connectionId(), e);
      transport.abort(e);
    }
  }
}
