package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
  /** {@code ann:secret} in Base64. */
  private static final String CREDENTIALS = "Proxy-Authorization: Basic YW5uOnNlY3JldA==";

  private final FakeServer server = FakeServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private String url() {
    return server.url().toString();
  }

  /** Where a tunnel to the server goes. */
  private String authority() {
    return server.url().getAuthority();
  }

  private void callThrough(HubConnectionBuilder builder) {
    try (HubConnection connection = builder.build()) {
      CompletableFuture<Void> started = connection.start();
      FakeSocket socket = server.nextConnection();
      get(started);
      CompletableFuture<String> call = connection.invoke(String.class, "Echo", "x");
      socket.answer("\"x\"");
      assertThat(get(call)).isEqualTo("x");
    }
  }

  @Test
  void negotiateAndTheSocketGoThroughTheProxy() {
    try (FakeProxy proxy = FakeProxy.start()) {
      callThrough(HubConnection.builder(server.url()).proxy(proxy.selector()));
      assertThat(proxy.requests())
          .containsExactly(
              "POST " + url() + "/negotiate?negotiateVersion=1 HTTP/1.1",
              "CONNECT " + authority() + " HTTP/1.1");
    }
  }

  @Test
  void proxyGetsItsCredentialsAndTheServerDoesNot() {
    try (FakeProxy proxy = FakeProxy.start(Optional.of(CREDENTIALS))) {
      callThrough(
          HubConnection.builder(server.url())
              .proxy(proxy.selector())
              .proxyCredentials("ann", "secret"));
      assertThat(proxy.requests()).hasSize(2);
      assertThat(server.requests().get(1)).startsWith("GET").doesNotContain("YW5uOnNlY3JldA");
    }
  }

  @Test
  void credentialsStayAtHomeWithoutAProxy() {
    callThrough(
        HubConnection.builder(server.url())
            .proxy(java.net.ProxySelector.of(null))
            .proxyCredentials("ann", "secret"));
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests()).noneMatch(head -> head.contains("YW5uOnNlY3JldA"));
  }

  @Test
  void proxyThatWantsCredentialsFailsTheStartWithoutThem() {
    try (FakeProxy proxy = FakeProxy.start(Optional.of(CREDENTIALS));
        HubConnection connection =
            HubConnection.builder(server.url()).proxy(proxy.selector()).build()) {
      assertThat(failure(connection.start()))
          .isInstanceOf(ConnectFailedException.class)
          .hasMessageContaining("407");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void proxyThatRefusesTheTunnelFailsTheStart() {
    try (FakeProxy proxy = FakeProxy.start(Optional.of(CREDENTIALS));
        HubConnection connection =
            HubConnection.builder(server.url())
                .proxy(proxy.selector())
                .transports(io.hubbub.TransportType.WEB_SOCKETS)
                .skipNegotiation()
                .build()) {
      assertThat(failure(connection.start()))
          .isInstanceOf(ConnectFailedException.class)
          .hasMessageContaining("407 (proxyCredentials)");
    }
  }

  @Test
  void proxyThatIsNotThereFailsTheStart() {
    FakeProxy proxy = FakeProxy.start();
    proxy.close();
    try (HubConnection connection =
        HubConnection.builder(server.url()).proxy(proxy.selector()).build()) {
      assertThat(failure(connection.start())).isInstanceOf(ConnectFailedException.class);
      assertThat(server.requests()).isEmpty();
    }
  }
}
