package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Stateful reconnect: when the transport is cut, one new one is tried at once with the same id, and
 * both sides send again what the other may have missed. The application notices nothing.
 *
 * <p>Threads: the receive callback, and the thread on which the new transport is connected; never
 * both at once, because they belong to one transport after the other.
 */
final class Resumption {
  private static final Duration ACK_DELAY = Duration.ofSeconds(1);

  private final Link link;
  private final Outbound outbound;
  private final @Nullable ReplayBuffer replay;
  private final TransportConnector transports;
  private final AtomicBoolean ackPlanned = new AtomicBoolean();

  /** Written once, before the handshake is sent; null while the server has not granted it. */
  private volatile Opened.@Nullable Route route;

  /** Whether the server said anything since the last transport began. */
  private volatile boolean inStep = true;

  Resumption(
      Link link, Outbound outbound, @Nullable ReplayBuffer replay, TransportConnector transports) {
    this.link = link;
    this.outbound = outbound;
    this.replay = replay;
    this.transports = transports;
  }

  void enable(Opened.Route way) {
    route = way;
    link.loop().countMessages();
  }

  boolean isEnabled() {
    return route != null;
  }

  /** A counted message came: the server is told after a while. */
  void received() {
    if (isEnabled() && ackPlanned.compareAndSet(false, true)) {
      link.runtime().timer().schedule(ACK_DELAY, this::acknowledge);
    }
  }

  private void acknowledge() {
    ackPlanned.set(false);
    if (link.isEnding()) {
      return;
    }
    if (outbound.isDetached()) {
      received();
      return;
    }
    link.loop().dueAcknowledgement().ifPresent(id -> link.sendUrgent(new AckMessage(id)));
  }

  void acknowledged(long sequenceId) {
    ReplayBuffer kept = replay;
    if (kept != null && isEnabled() && kept.acknowledge(sequenceId)) {
      outbound.drain();
    }
  }

  /** The server repeats what it holds, which may be nothing new: it is told that all of it came. */
  void resynchronized() {
    inStep = true;
    received();
  }

  /** The transport was cut: tries another one, once. */
  void begin(@Nullable Throwable cause) {
    Opened.Route way = route;
    if (way == null || !inStep) {
      link.end(LinkEnd.lost(cause));
      return;
    }
    inStep = false;
    outbound.detach();
    link.loop().expectSequence();
    Leg leg = new Leg();
    transports
        .reopen(way, leg)
        .whenComplete(
            (next, error) -> {
              if (next == null) {
                link.end(LinkEnd.lost(failed(Failures.unwrap(error))));
              } else {
                leg.connected(next);
              }
            });
  }

  private static Throwable failed(Throwable error) {
    return new ConnectionClosedException(
        "The connection was lost and the attempt to resume it failed: " + Failures.text(error),
        error);
  }

  private void goOn(Transport next) {
    link.resumeOn(next);
    ReplayBuffer kept = replay;
    if (kept == null) {
      return;
    }
    ReplayBuffer.Resend resend = kept.resend();
    HubProtocol protocol = link.settings().protocol();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(protocol.encode(resend.sequence()));
    for (Payload message : resend.messages()) {
      bytes.writeBytes(message.array());
    }
    outbound.resume(next, bytes.toByteArray());
  }

  /** The link's life on one further transport, which may be cut before it is known to be open. */
  private final class Leg implements TransportListener {
    private final Object lock = new Object();

    // Guarded by lock.
    private boolean connected;
    private @Nullable TransportEnd early;

    void connected(Transport next) {
      TransportEnd end;
      synchronized (lock) {
        connected = true;
        end = early;
      }
      if (end == null) {
        goOn(next);
      } else {
        link.end(LinkEnd.lost(end.error()));
      }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      link.onBytes(bytes);
    }

    @Override
    public void onClosed(TransportEnd end) {
      synchronized (lock) {
        if (!connected) {
          early = end;
          return;
        }
      }
      link.onClosed(end);
    }
  }
}
