package io.hubbub.transport.netty;

import io.hubbub.Hubs;
import io.hubbub.http.HubHttp;
import io.hubbub.testkit.ServerUnderTest;
import io.hubbub.testkit.TransportContract;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

class NettyTransportContractTest extends TransportContract {
  @Override
  protected ServerUnderTest start(Hubs hubs, Consumer<HubHttp.Builder> settings) {
    NettyHubServer server =
        NettyHubServer.builder(hubs).host("127.0.0.1").port(0).http(settings).start();
    return new ServerUnderTest() {
      @Override
      public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
      }

      @Override
      public CompletionStage<Void> shutdown(Duration limit) {
        return server.shutdown(limit);
      }

      @Override
      public void close() {
        server.close();
        hubs.close();
      }
    };
  }
}
