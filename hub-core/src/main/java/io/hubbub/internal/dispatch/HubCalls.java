package io.hubbub.internal.dispatch;

import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationBinder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection: running ones, uploads, result streams. Made by {@link
 * HubDispatcher#open}.
 */
public interface HubCalls {

  /** The demand when nothing is to be waited for; compare by identity, to save looking into it. */
  CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

  /** Tells the types of what the client sends. Threads: the receive callback. */
  InvocationBinder binder();

  /**
   * Runs the hub's {@code onConnected} with its filters on the hub executor.
   *
   * @return failed with what it threw
   */
  CompletionStage<Void> connected();

  /**
   * Takes a call, a cancellation, an item, a completion or a binding failure. Pings, closes, acks
   * and sequences are the connection's own.
   *
   * <p>Threads: the receive callback, in the order of arrival.
   *
   * @return the demand: done when the next message may be parsed; {@link #READY} itself in the
   *     ordinary case. May be completed on a thread of the hub executor, which then should go on
   *     with what has been read already
   * @throws RuntimeException if the connection must end for it
   */
  CompletionStage<Void> dispatch(HubMessage message);

  /** The connection ends: cancels calls and streams, fails uploads. Idempotent. Threads: any. */
  void cancelAll();

  /**
   * Runs the hub's {@code onDisconnected} with its filters on the hub executor.
   *
   * @return failed with what it threw
   */
  CompletionStage<Void> disconnected(@Nullable Throwable cause);

  /** Running calls and streams, for a graceful shutdown. Threads: any. */
  int running();
}
