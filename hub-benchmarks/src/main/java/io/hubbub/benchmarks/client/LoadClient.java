package io.hubbub.benchmarks.client;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * One connection of some client library to the bench hub, on WebSockets and JSON.
 *
 * <p>Threads: any.
 */
interface LoadClient {
  CompletableFuture<?> start();

  /** Calls {@code Echo}. */
  CompletableFuture<String> echo(String text);

  /** Lets the hub call all connections. */
  CompletableFuture<?> broadcast(String text);

  CompletableFuture<?> stop();

  /** A library. */
  enum Library {
    HUBBUB {
      @Override
      LoadClient connection(URI hub, Runnable onReceive) {
        return new HubbubLoadClient(hub, onReceive);
      }
    },
    MICROSOFT {
      @Override
      LoadClient connection(URI hub, Runnable onReceive) {
        return new MicrosoftLoadClient(hub, onReceive);
      }
    };

    /**
     * A connection that is not started.
     *
     * @param onReceive runs for each broadcast that comes
     */
    abstract LoadClient connection(URI hub, Runnable onReceive);
  }
}
