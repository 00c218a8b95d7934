package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.transport.netty.FakeSite.Handler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A server whose WebSockets do what tests say, and raw clients of it. */
abstract class WebSocketsOnLoopback {
  final FakeSite site = new FakeSite();
  private final Listener listener =
      Listener.start(
          Sockets.of(transport()),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          2,
          new ListenerSettings(
              new YieldingExecutor(Runnable::run),
              List.of(site),
              HttpLimits.DEFAULT,
              Forwarding.NONE,
              null));
  final int port = ((InetSocketAddress) listener.address()).getPort();

  IoTransport transport() {
    return IoTransport.AUTOMATIC;
  }

  @AfterEach
  void stop() {
    listener.stopAccepting();
    listener.stop().toCompletableFuture().join();
  }

  RawClient connect() throws Exception {
    return upgraded(RawClient.to(port));
  }

  static RawClient upgraded(RawClient client) throws Exception {
    assertThat(client.upgrade("/any"))
        .startsWith("HTTP/1.1 101 ")
        .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    return client;
  }

  Handler handler() throws Exception {
    Handler handler = site.opened.poll(20, TimeUnit.SECONDS);
    assertThat(handler).isNotNull();
    return handler;
  }
}
