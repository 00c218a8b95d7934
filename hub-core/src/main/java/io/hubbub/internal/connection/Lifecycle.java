package io.hubbub.internal.connection;

import io.hubbub.ConnectionClosedException;
import io.hubbub.internal.dispatch.HubCalls;
import io.hubbub.protocol.FrameReader;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeResponse;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a connection begins and ends for its hub: it greets, and it says goodbye, each once.
 *
 * <p>The end, in this order: nothing more is queued; the Close message is; calls are cancelled and
 * awaited results fail; {@code onDisconnected} runs, while the client is still in its groups; it
 * leaves them; the transport may close. {@code onDisconnected} never overlaps {@code onConnected}
 * and does not run if that failed.
 *
 * <p>Threads: any. Whoever takes the step of {@link ConnectionState} acts on it; what follows runs
 * beside the hub executor, the hub's own methods on it.
 */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final CompletableFuture<Boolean> GREETED = CompletableFuture.completedFuture(true);
  private static final CompletableFuture<Boolean> REFUSED =
      CompletableFuture.completedFuture(false);

  private final ClientConnection connection;
  private final ConnectionState state = new ConnectionState();

  /** Written at the handshake, before the connection is open. */
  private volatile @Nullable HubCalls calls;

  /** Whether {@code onConnected} went well; as {@code calls}, then by {@link #greet}. */
  private volatile CompletableFuture<Boolean> greeted = REFUSED;

  /** Written once, when the hub has said goodbye. */
  private volatile @Nullable ConnectionEnd end;

  /** Written once, when the transport has ended. */
  private volatile boolean transportGone;

  Lifecycle(ClientConnection connection) {
    this.connection = connection;
  }

  ConnectionState state() {
    return state;
  }

  @Nullable ConnectionEnd end() {
    return end;
  }

  // ---- the beginning

  /** The handshake is accepted, unless somebody has just ended the connection. */
  boolean open(HubCalls opener) {
    calls = opener;
    greeted = new CompletableFuture<>();
    return state.open();
  }

  /**
   * Makes the client known, answers its handshake and runs {@code onConnected}. A client that has
   * the answer may tell others how to reach it, so it is known before.
   *
   * @return done, never failed, when its messages may come
   */
  CompletionStage<Void> greet(HubCalls opener) {
    CompletableFuture<Boolean> greeting = greeted;
    connection.table().onConnected(connection);
    CompletionStage<Void> known =
        attempt(() -> connection.table().mapping().lifetime().connected(connection));
    connection.outbound().wake();
    return known
        .thenCompose(done -> attempt(opener::connected))
        .handle(
            (welcome, failure) -> {
              greeted = failure == null ? GREETED : REFUSED;
              greeting.complete(failure == null);
              if (failure != null) {
                refuse(unwrapped(failure));
              }
              return null;
            });
  }

  private void refuse(Throwable cause) {
    LOG.error("The hub {} refused connection {}", hubName(), connection.connectionId(), cause);
    begin(Ending.refused(cause));
  }

  /**
   * Answers a handshake with an error, unless there is one no more.
   *
   * @return whether there was one
   */
  boolean refuse(String error) {
    boolean awaited = state.closeUnopened();
    if (awaited) {
      LOG.debug("The handshake of connection {} failed: {}", connection.connectionId(), error);
      Payload response =
          Payload.of(
              HandshakeProtocol.writeResponse(HandshakeResponse.error(error)), TransferFormat.TEXT);
      connection.keepAlive().restart(connection.now());
      connection.outbound().seal(response, true);
      finish(ConnectionEnd.GRACEFUL);
    }
    return awaited;
  }

  /** What came could not be taken. */
  void failed(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (state.phase() != ConnectionState.Phase.HANDSHAKE) {
      begin(Ending.failed(cause));
    } else if (cause instanceof FrameReader.FrameTooLongException) {
      refuse(HandshakeProtocol.CANCELED);
    } else {
      refuse(Handshake.unexpectedError(cause, connection.table().mapping().options()));
    }
  }

  /** Whether no call and no stream runs. */
  boolean isQuiet() {
    HubCalls opened = calls;
    return opened == null || opened.running() == 0;
  }

  // ---- the end

  /** Ends the connection, unless it has ended already. */
  void begin(Ending ending) {
    // Between the first two looks the handshake may come to its end: then the third one sees it.
    if (!endOpened(ending) && !refuse(HandshakeProtocol.CANCELED)) {
      endOpened(ending);
    }
  }

  private boolean endOpened(Ending ending) {
    boolean opened = state.closeOpened();
    if (opened) {
      LOG.debug("Connection {} of {} ends", connection.connectionId(), hubName(), ending.cause());
      connection.transport().disableStatefulReconnect();
      connection.keepAlive().restart(connection.now());
      boolean detailed = connection.table().mapping().options().detailedErrors();
      Payload close = connection.outbound().encode(ending.close(detailed));
      connection.outbound().seal(close, ending.dropQueued());
      // Not on the hub executor: all its threads may be waiting for what this sets free.
      connection.table().parts().answers().execute(() -> leave(ending));
    }
    return opened;
  }

  private void leave(Ending ending) {
    HubCalls opened = calls;
    if (opened == null) {
      throw new IllegalStateException("Expected calls on an open connection");
    }
    connection.context().fireAborted();
    quietly(opened::cancelAll);
    quietly(() -> connection.table().mapping().lifetime().closing(connection));
    greeted.whenComplete((welcome, none) -> sayGoodbye(opened, welcome, ending.cause()));
  }

  private void sayGoodbye(HubCalls opened, boolean welcome, @Nullable Throwable cause) {
    CompletionStage<Void> goodbye =
        welcome
            ? attempt(() -> opened.disconnected(cause))
            : CompletableFuture.completedFuture(null);
    goodbye.whenComplete(
        (said, failure) -> {
          logFailure("say goodbye to", failure);
          attempt(() -> connection.table().mapping().lifetime().disconnected(connection))
              .whenComplete(
                  (left, none) -> {
                    logFailure("forget", none);
                    connection.table().onDisconnected(connection, cause);
                    finish(failure == null ? ConnectionEnd.GRACEFUL : ConnectionEnd.FAILED);
                  });
        });
  }

  private void finish(ConnectionEnd how) {
    connection.keepAlive().restart(connection.now());
    end = how;
    if (transportGone) {
      close();
    } else {
      connection.outbound().wake();
    }
  }

  boolean isTransportGone() {
    return transportGone;
  }

  /** The transport has ended. */
  void transportGone() {
    transportGone = true;
    if (end != null) {
      close();
    }
  }

  private void close() {
    if (state.closed()) {
      connection.outbound().release();
      connection.table().remove(connection);
    }
  }

  // ---- the tick

  /** A client that takes too long for its handshake is refused. */
  void tickHandshake(long now) {
    if (connection.keepAlive().isOver(now, connection.table().handshakeNanos())) {
      refuse(HandshakeProtocol.CANCELED);
    }
  }

  /** A client that does not take what is left for it in time is cut. */
  void tickClosing(long now) {
    if (connection.keepAlive().isOver(now, connection.table().sendNanos())
        && (end != null || connection.outbound().isWaiting())) {
      connection.keepAlive().restart(now);
      connection
          .transport()
          .abort(
              new ConnectionClosedException(
                  "Expected the client to take its last messages within HubOptions.sendTimeout"));
    }
  }

  // ---- safety

  private String hubName() {
    return connection.table().mapping().hubClass().getName();
  }

  private void quietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      logFailure("end", e);
    }
  }

  /** Logs what the hub's own code or its lifetime manager did wrong. */
  void logFailure(String what, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.error(
          "The hub {} failed to {} connection {}",
          hubName(),
          what,
          connection.connectionId(),
          unwrapped(failure));
    }
  }

  private static CompletionStage<Void> attempt(Supplier<CompletionStage<Void>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
