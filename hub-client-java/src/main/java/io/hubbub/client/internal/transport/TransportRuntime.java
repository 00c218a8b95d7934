package io.hubbub.client.internal.transport;

import java.util.concurrent.Executor;

/**
 * What all connections of a process share to reach their servers.
 *
 * <p>Threads: any.
 */
public final class TransportRuntime {
  private final Executor workers;
  private final HttpClients httpClients;
  private final WebSocketClients webSocketClients = new WebSocketClients();

  /**
   * @param workers runs what may block: token providers, connecting
   */
  public TransportRuntime(Executor workers) {
    this.workers = workers;
    this.httpClients = new HttpClients(workers);
  }

  /** Runs what may block. */
  public Executor workers() {
    return workers;
  }

  HttpClients httpClients() {
    return httpClients;
  }

  WebSocketClients webSocketClients() {
    return webSocketClients;
  }
}
