package io.hubbub.internal.connection;

import io.hubbub.ConnectionRequest;
import io.hubbub.HubScope;
import io.hubbub.OverflowPolicy;
import io.hubbub.internal.delivery.Delivery;
import io.hubbub.internal.dispatch.CallerConnection;
import io.hubbub.internal.dispatch.ClientResultGate;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.ConnectionReceiver;
import io.hubbub.spi.Identity;
import io.hubbub.spi.TransportConnection;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, as its three neighbours see it: the transport that brings bytes and
 * takes what waits, delivery, and dispatch. The work is done by its parts: {@link InboundHalf},
 * {@link OutboundHalf}, {@link KeepAlive} and {@link Lifecycle}.
 *
 * <p>Threads: any, but for the calls that {@link ConnectionReceiver} promises one at a time.
 */
final class ClientConnection implements ConnectionReceiver, ConnectedClient, CallerConnection {
  private final ConnectionTable table;
  private final TransportConnection transport;
  private final InboundHalf inbound;
  private final OutboundHalf outbound;
  private final KeepAlive keepAlive;
  private final Lifecycle lifecycle;
  private final CallerContext context;

  /** Written at the handshake and when the identity changes. */
  private volatile @Nullable String userId;

  private volatile boolean draining;

  ClientConnection(ConnectionTable table, TransportConnection transport) {
    this.table = table;
    this.transport = transport;
    this.inbound = new InboundHalf(this, table.mapping().options().maximumReceiveMessageSize());
    this.outbound = new OutboundHalf(this, table.mapping().options());
    this.keepAlive = new KeepAlive(now());
    this.lifecycle = new Lifecycle(this);
    this.context = new CallerContext(this);
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
    if (lifecycle.state().isAlive()) {
      inbound.forget();
      outbound.repeatMissed(now());
    }
  }

  @Override
  public void onIdentityChanged() {
    if (lifecycle.state().phase() != ConnectionState.Phase.OPEN) {
      return;
    }
    String previous = userId;
    try {
      findUser();
    } catch (RuntimeException e) {
      // Nobody may go on as a user that it perhaps is no more.
      close(Ending.failed(e));
      return;
    }
    if (!Objects.equals(previous, userId)) {
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
    keepAlive.restart(now());
    lifecycle.transportGone();
    outbound.discard();
    inbound.end(cause);
    if (lifecycle.state().phase() == ConnectionState.Phase.OPEN) {
      // What came before is still being taken, and must not wait for what is told at the end.
      table.parts().answers().execute(context::fireAborted);
    }
  }

  // ---- what delivery sees

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
    return outbound.protocol();
  }

  @Override
  public void send(EncodedMessage message) {
    Payload payload = message.in(protocol());
    if (payload == null) {
      table.onEncodingMissing(this);
    } else {
      outbound.send(payload, mayBeDropped(message));
    }
  }

  /** A broadcast may be dropped if the hub says so; nobody waits for it. */
  private boolean mayBeDropped(EncodedMessage message) {
    return table.mapping().options().overflowPolicy() == OverflowPolicy.DROP_NEWEST
        && !(message.message() instanceof InvocationMessage call && call.invocationId() != null);
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    close(Ending.aborted(cause));
  }

  // ---- what dispatch sees

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
  public CompletionStage<Void> send(HubMessage message) {
    outbound.send(outbound.encode(message), false);
    CompletionStage<Void> room = outbound.room();
    return room.toCompletableFuture().isDone()
        ? room
        : room.thenRunAsync(() -> {}, table.parts().executor());
  }

  @Override
  public void fail(Throwable cause) {
    close(Ending.failed(cause));
  }

  // ---- what the connection's parts and its table see

  ConnectionTable table() {
    return table;
  }

  TransportConnection transport() {
    return transport;
  }

  ConnectionRequest request() {
    return transport.request();
  }

  OutboundHalf outbound() {
    return outbound;
  }

  KeepAlive keepAlive() {
    return keepAlive;
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

  /** Takes what the handshake found; the connection is not open yet. */
  void accept(HubProtocol chosen, @Nullable StatefulReconnect kept) {
    findUser();
    outbound.begin(chosen, kept);
  }

  private void findUser() {
    userId =
        table
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

  /** The server's tick, once a second. */
  void tick(long now) {
    switch (lifecycle.state().phase()) {
      case HANDSHAKE -> lifecycle.tickHandshake(now);
      case OPEN -> tickOpen(now);
      case CLOSING -> lifecycle.tickClosing(now);
      case CLOSED -> {}
    }
  }

  private void tickOpen(long now) {
    if (lifecycle.isTransportGone()) {
      // What came before the end is still being taken; but not for ever, as a call may wait for
      // its cancellation, which is told at the end.
      if (keepAlive.isOver(now, table.clientTimeoutNanos())) {
        close(Ending.ofTransport(inbound.endCause()));
      }
    } else if (keepAlive.isSilent(now, table.clientTimeoutNanos())) {
      close(Ending.timedOut());
    } else {
      outbound.tick(
          !transport.hasInherentKeepAlive() && keepAlive.pingDue(now, table.keepAliveNanos()));
    }
  }
}
