package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.ReplayBuffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the hub, from the handshake to its end: the calls in flight, what waits to be
 * sent, what is received. A reconnect makes a new one; a stateful reconnect gives this one another
 * transport.
 *
 * <p>Threads: {@link #onBytes} and {@link #onClosed} as the transport calls them; everything else
 * any. It ends once, by whoever comes first.
 */
final class Link implements TransportListener {
  /** How long a farewell may take before it is cut short. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Link.class);

  private final ConnectionSettings settings;
  private final ClientRuntime runtime;
  private final PendingCalls pending = new PendingCalls();
  private final Uploads uploads = new Uploads(this::send);
  private final Outbound outbound;
  private final ReceiveLoop loop;
  private final Resumption resumption;
  private final Handshake handshake;
  private final Liveness liveness;
  private final TokenRenewal renewal;
  private final CompletableFuture<LinkEnd> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> noted = new CompletableFuture<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean ending = new AtomicBoolean();

  /** Written once, before the handshake is sent. */
  private volatile @Nullable Opened<Link> opened;

  /** The transport in use; replaced by a stateful reconnect. */
  private volatile @Nullable Transport transport;

  Link(
      ConnectionSettings settings,
      ClientRuntime runtime,
      Handlers handlers,
      SerialExecutor lane,
      TransportConnector connector) {
    this.settings = settings;
    this.runtime = runtime;
    this.handshake = new Handshake(settings, runtime);
    boolean stateful = settings.transports().statefulReconnect();
    ReplayBuffer replay =
        stateful
            ? new ReplayBuffer(settings.limits().replayBytes(), ReplayBuffer.Budget.unlimited())
            : null;
    this.outbound = new Outbound(settings.limits().sendBytes(), replay);
    this.liveness = new Liveness(this, outbound);
    this.renewal = new TokenRenewal(this, connector);
    HandlerCalls calls =
        new HandlerCalls(handlers, lane, settings.limits().queuedCalls(), this::send);
    this.resumption = new Resumption(this, outbound, replay, connector);
    MessageRouter router = new MessageRouter(this, pending, calls, resumption);
    this.loop =
        new ReceiveLoop(
            settings.protocol(),
            new ClientBinder(handlers, pending),
            settings.limits().messageBytes(),
            handshake::answered,
            router);
  }

  ConnectionSettings settings() {
    return settings;
  }

  ClientRuntime runtime() {
    return runtime;
  }

  PendingCalls pending() {
    return pending;
  }

  Uploads uploads() {
    return uploads;
  }

  ReceiveLoop loop() {
    return loop;
  }

  /** The public id; empty where negotiate was skipped. */
  Optional<String> connectionId() {
    Opened<Link> known = opened;
    return known == null ? Optional.empty() : known.connectionId();
  }

  /** How this connection was reached; only after {@link #shakeHands}. */
  @Nullable Opened<Link> opened() {
    return opened;
  }

  /** Shows the server fresh tokens. */
  TokenRenewal renewal() {
    return renewal;
  }

  /** Done when it is over, and how. */
  CompletableFuture<LinkEnd> ended() {
    return ended;
  }

  /** To be completed by whoever took it into use, when the end has been acted upon. */
  CompletableFuture<Void> noted() {
    return noted;
  }

  boolean isEnding() {
    return ending.get();
  }

  /** Agrees with the server on protocol and version. */
  CompletableFuture<Link> shakeHands(Opened<Link> way) {
    opened = way;
    transport = way.transport();
    boolean stateful = way.statefulReconnect() && handshake.maySayStateful();
    if (stateful) {
      resumption.enable(way.route());
    }
    outbound.send(handshake.request(stateful), false);
    outbound.attach(way.transport());
    return handshake
        .await()
        .whenComplete(
            (accepted, error) -> {
              if (error == null) {
                begin(way);
              } else {
                end(LinkEnd.STOPPED);
              }
            })
        .thenApply(accepted -> this);
  }

  private void begin(Opened<Link> way) {
    if (!way.transport().hasInherentKeepAlive()) {
      liveness.begin();
    }
    renewal.begin(way);
  }

  /** Sends a message; fails the caller with what the protocol throws if it cannot be written. */
  CompletionStage<Void> send(HubMessage message) {
    byte[] bytes = settings.protocol().encode(message);
    liveness.sent();
    Payload payload = Payload.of(bytes, settings.protocol().transferFormat());
    boolean tracked = message.isTracked() && resumption.isEnabled();
    return isEnd(message) ? outbound.sendEnd(payload, tracked) : outbound.send(payload, tracked);
  }

  /** Whether the server waits for it, and it is small: results are not. */
  private static boolean isEnd(HubMessage message) {
    return message instanceof CancelInvocationMessage
        || (message instanceof CompletionMessage completion && !completion.hasResult());
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (ending.get()) {
      return;
    }
    liveness.received();
    try {
      loop.add(bytes);
    } catch (RuntimeException e) {
      // A broken message, one that is too long, or more calls than can be kept.
      log.debug("{} ends: what the server sent cannot be taken", this, e);
      handshake.fail("Expected a handshake response from the server.", e);
      end(LinkEnd.lost(e));
    }
  }

  @Override
  public void onClosed(TransportEnd end) {
    if (ending.get()) {
      return;
    }
    Throwable error = end.error();
    boolean early =
        handshake.fail(
            "The connection was closed before the server answered the handshake.", error);
    if (!early && end.cut() && resumption.isEnabled()) {
      transport = null;
      resumption.begin(error);
    } else {
      end(LinkEnd.lost(error));
    }
  }

  /** Goes on over another transport. */
  void resumeOn(Transport next) {
    transport = next;
    if (ending.get()) {
      next.close();
    }
  }

  /** The server says that it closes. */
  void closedByServer(CloseMessage close) {
    String text = Failures.said(close.error());
    Throwable error =
        text == null
            ? null
            : new ConnectionClosedException("Server returned an error on close: " + text);
    end(new LinkEnd(error, close.allowReconnect()));
  }

  /** Says good-bye and ends, within a limit. */
  void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> farewell =
        send(new CloseMessage(null, false))
            .handle((sent, error) -> (Void) null)
            .toCompletableFuture();
    farewell
        .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> end(LinkEnd.STOPPED));
  }

  /** Ends it, unless it has ended already. */
  void end(LinkEnd end) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    liveness.end();
    renewal.end();
    Throwable reason = end.reasonForCalls();
    handshake.fail("The connection ended.", reason);
    outbound.end(reason);
    pending.lose(reason);
    uploads.end();
    Transport current = transport;
    if (current == null) {
      ended.complete(end);
      return;
    }
    current
        .close()
        .toCompletableFuture()
        .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((closed, error) -> ended.complete(end));
  }

  void sendUrgent(HubMessage message) {
    outbound.sendUrgent(
        Payload.of(settings.protocol().encode(message), settings.protocol().transferFormat()));
  }

  @Override
  public String toString() {
    return connectionId().map(id -> "Connection " + id).orElse("A connection");
  }
}
