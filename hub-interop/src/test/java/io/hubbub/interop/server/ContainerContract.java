package io.hubbub.interop.server;

import io.hubbub.Hubs;
import io.hubbub.http.HubHttp;
import io.hubbub.testkit.ServerUnderTest;
import io.hubbub.testkit.TransportContract;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The transport contract on a servlet container. Threads: one. */
abstract class ContainerContract extends TransportContract {
  private final String container;

  ContainerContract(String container) {
    this.container = container;
  }

  @Override
  protected ServerUnderTest start(Hubs hubs, Consumer<HubHttp.Builder> settings) {
    return new Started(HubServer.start(container, 0, hubs, settings), hubs);
  }

  /** A container that runs. Threads: any. */
  private static final class Started implements ServerUnderTest {
    private final HubServer server;
    private final Hubs hubs;
    private final AtomicBoolean stopped = new AtomicBoolean();

    Started(HubServer server, Hubs hubs) {
      this.server = server;
      this.hubs = hubs;
    }

    @Override
    public URI uri() {
      return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public CompletionStage<Void> shutdown(Duration limit) {
      stopped.set(true);
      return CompletableFuture.runAsync(() -> server.shutdown(limit));
    }

    @Override
    public void close() {
      if (stopped.compareAndSet(false, true)) {
        server.close();
      }
      hubs.close();
    }
  }
}
