package io.hubbub.interop.server;

import io.hubbub.Hubs;
import io.hubbub.http.HubHttp;
import io.hubbub.transport.jakarta.JakartaHubs;
import io.hubbub.transport.netty.NettyHubServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Hubs on a server of any kind.
 *
 * <p>Threads: any.
 */
public final class HubServer implements AutoCloseable {
  private final int port;
  private final Shutdown shutdown;
  private final AutoCloseable server;

  private HubServer(int port, Shutdown shutdown, AutoCloseable server) {
    this.port = port;
    this.shutdown = shutdown;
    this.server = server;
  }

  /**
   * Starts.
   *
   * @param transport netty, tomcat, jetty or undertow
   * @param port 0: any that is free
   * @param settings of the HTTP side
   */
  public static HubServer start(
      String transport, int port, Hubs hubs, Consumer<HubHttp.Builder> settings) {
    if (transport.equals("netty")) {
      return netty("127.0.0.1", port, hubs, settings);
    }
    CompletableFuture<HubHttp> registered = new CompletableFuture<>();
    RunningServer container =
        Container.named(transport)
            .start(
                port,
                context -> registered.complete(JakartaHubs.register(context, hubs, settings)));
    return new HubServer(container.port(), registered.join()::shutdown, container);
  }

  /**
   * Starts Netty, at any address.
   *
   * @param port 0: any that is free
   * @param settings of the HTTP side
   */
  public static HubServer netty(
      String host, int port, Hubs hubs, Consumer<HubHttp.Builder> settings) {
    NettyHubServer netty =
        NettyHubServer.builder(hubs).host(host).port(port).http(settings).start();
    return new HubServer(netty.port(), netty::shutdown, netty);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Ends the hubs in order, then the server. */
  public void shutdown(Duration limit) {
    shutdown.within(limit).toCompletableFuture().join();
    close();
  }

  /** Ends the server at once. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop", e);
    }
  }

  /** How the hubs end. */
  @FunctionalInterface
  private interface Shutdown {
    CompletionStage<Void> within(Duration limit);
  }
}
