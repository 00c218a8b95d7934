package io.hubbub.internal.connection;

import io.hubbub.ConnectionClosedException;
import io.hubbub.HubOptions;
import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.spi.TransportConnection;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is sent to a client: encodes, queues and tells the transport; what does not fit is a matter
 * of the hub's overflow policy.
 *
 * <p>Threads: any. {@link #poll} one at a time (the transport), {@link #tick} one at a time.
 */
final class OutboundHalf {
  private static final Logger LOG = LoggerFactory.getLogger(OutboundHalf.class);

  private final ClientConnection connection;
  private final OutboundQueue queue;

  /** Written at the handshake, before the connection is open. */
  private volatile @Nullable HubProtocol protocol;

  /** Written at the handshake, before the connection is open. */
  private volatile @Nullable StatefulReconnect stateful;

  OutboundHalf(ClientConnection connection, HubOptions options) {
    this.connection = connection;
    this.queue = new OutboundQueue(options.outboundLimit());
  }

  /** Takes what the handshake found. */
  void begin(HubProtocol chosen, @Nullable StatefulReconnect kept) {
    protocol = chosen;
    stateful = kept;
    if (kept != null) {
      queue.keepForReplay(kept.replay());
    }
  }

  HubProtocol protocol() {
    HubProtocol chosen = protocol;
    if (chosen == null) {
      throw new IllegalStateException("Expected a protocol, but the handshake is not over");
    }
    return chosen;
  }

  Payload encode(HubMessage message) {
    HubProtocol chosen = protocol();
    return Payload.of(chosen.encode(message), chosen.transferFormat());
  }

  /** Queues a message in order; what does not fit ends the connection unless it may be dropped. */
  void send(Payload payload, boolean mayBeDropped) {
    switch (queue.offer(payload)) {
      case WAKE -> wake();
      case OVERFLOW -> overflow(payload, mayBeDropped);
      case QUEUED, SEALED -> {}
    }
  }

  private void overflow(Payload refused, boolean mayBeDropped) {
    long queued = queue.bytes() + refused.size();
    ConnectionTable table = connection.table();
    LOG.debug("Connection {} reads too slowly: {} bytes", connection.connectionId(), queued);
    table.onSlow(connection, queued);
    if (!mayBeDropped) {
      connection.close(Ending.tooSlow(queued, table.mapping().options().outboundLimit()));
    }
  }

  /**
   * Queues a message that overtakes those in order, unless another such message waits.
   *
   * @return whether it is queued
   */
  private boolean sendUrgent(Payload payload) {
    OutboundQueue.Offer offer = queue.offerUrgent(payload);
    if (offer == OutboundQueue.Offer.WAKE) {
      wake();
    }
    return offer == OutboundQueue.Offer.WAKE || offer == OutboundQueue.Offer.QUEUED;
  }

  /** Queues the answer to the handshake; it leaves with the next {@link #wake}. */
  void queueHandshake(Payload answer) {
    queue.offerUrgent(answer);
  }

  /** The last message; nothing is queued after it. Without a transport it is for nobody. */
  void seal(Payload farewell, boolean dropQueued) {
    if (!connection.lifecycle().isTransportGone() && queue.seal(farewell, dropQueued)) {
      wake();
    }
  }

  /** The transport is gone, and what waits with it. */
  void discard() {
    queue.discard();
  }

  /** Done when there is room for more. */
  CompletionStage<Void> room() {
    return queue.room();
  }

  @Nullable Payload poll() {
    return queue.poll();
  }

  boolean isWaiting() {
    return queue.isWaiting();
  }

  /** Tells the transport that something waits, or that the end has come. */
  void wake() {
    TransportConnection transport = connection.transport();
    try {
      transport.outboundReady();
    } catch (RuntimeException e) {
      LOG.warn("The transport of connection {} failed", connection.connectionId(), e);
      transport.abort(e);
    }
  }

  // ---- stateful reconnect and the tick

  /** The client is back on a new socket. */
  void repeatMissed(long now) {
    StatefulReconnect kept = stateful;
    if (kept == null) {
      return;
    }
    if (!kept.permits(now)) {
      LOG.warn("Connection {} comes back too often and is cut", connection.connectionId());
      connection
          .transport()
          .abort(new ConnectionClosedException("The client reconnects too often"));
      return;
    }
    ReplayBuffer.Resend missed = kept.replay().resend();
    queue.repeat(encode(missed.sequence()), missed.messages());
    wake();
  }

  /** The client has processed messages. */
  void acknowledged(AckMessage ack) {
    StatefulReconnect kept = stateful;
    if (kept != null && kept.replay().acknowledge(ack.sequenceId()) && queue.resume()) {
      wake();
    }
  }

  /** Acknowledges, and pings if nothing else waits to be written. */
  void tick(boolean pingDue) {
    StatefulReconnect kept = stateful;
    if (kept != null) {
      acknowledge(kept);
    }
    if (pingDue && !queue.isWaiting()) {
      sendUrgent(connection.table().ping(protocol()));
    }
  }

  /** A client that keeps as much as it may sends nothing before it is told: none may be lost. */
  private void acknowledge(StatefulReconnect kept) {
    OptionalLong due = kept.tick();
    if (due.isPresent() && !sendUrgent(encode(new AckMessage(due.getAsLong())))) {
      kept.received().unacknowledged();
    }
  }

  /** Forgets what was kept for a client that may come back. */
  void release() {
    StatefulReconnect kept = stateful;
    if (kept != null) {
      kept.replay().clear();
    }
  }
}
