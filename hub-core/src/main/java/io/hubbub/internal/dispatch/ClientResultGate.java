package io.hubbub.internal.dispatch;

/**
 * What a running call wants to know before one of its clients is asked for a result. The clients
 * that a {@link io.hubbub.HubScope} offers pass through it, those of a {@link io.hubbub.HubContext}
 * have none.
 *
 * <p>Threads: any.
 */
@FunctionalInterface
public interface ClientResultGate {

  /**
   * A client is about to be asked. A call that holds one of its connection's slots gives it back,
   * so that the answer can be read.
   *
   * @param connectionId the client
   * @throws IllegalStateException if no client may be asked from where the hub is
   * @throws io.hubbub.ConnectionClosedException if the client cannot answer any more
   */
  void beforeInvoke(String connectionId);
}
