package io.hubbub.client;

import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.FakeServer.Answer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CookiesTest {
  private final FakeServer server = FakeServer.start();
  private final List<HubConnection> opened = new ArrayList<>();

  @BeforeEach
  void giveCookie() {
    server.negotiateWith(
        request ->
            Answer.connection("token")
                .with("Set-Cookie: node=a1; Path=/; HttpOnly")
                .with("Set-Cookie: other=b2; Path=/elsewhere"));
  }

  @AfterEach
  void closeAll() {
    opened.forEach(HubConnection::stop);
    server.close();
  }

  private FakeSocket connect(UnaryOperator<HubConnectionBuilder> settings) {
    HubConnection connection = settings.apply(HubConnection.builder(server.url())).build();
    opened.add(connection);
    CompletableFuture<Void> started = connection.start();
    FakeSocket socket = server.nextConnection();
    get(started);
    return socket;
  }

  /** The cookies of each request, without their order. */
  private List<List<String>> sentCookies() {
    return server.requests().stream()
        .map(
            head ->
                head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("cookie:"))
                    .map(line -> line.substring("cookie:".length()).trim())
                    .toList())
        .toList();
  }

  @Test
  void cookieOfNegotiateGoesWithTheSocketAndWithTheNextNegotiate() {
    FakeSocket first =
        connect(builder -> builder.automaticReconnect(at -> Optional.of(Duration.ZERO)));
    first.cut();
    server.nextConnection();
    assertThat(sentCookies())
        .containsExactly(List.of(), List.of("node=a1"), List.of("node=a1"), List.of("node=a1"));
  }

  @Test
  void connectionsDoNotShareTheirCookies() {
    connect(builder -> builder);
    connect(builder -> builder);
    assertThat(sentCookies())
        .containsExactly(List.of(), List.of("node=a1"), List.of(), List.of("node=a1"));
  }

  @Test
  void cookiesOfTheApplicationGoEverywhereAndNewOnesAreKept() {
    CookieManager jar = new CookieManager();
    HttpCookie session = new HttpCookie("session", "s");
    session.setPath("/");
    session.setVersion(0);
    jar.getCookieStore().add(server.url(), session);
    connect(builder -> builder.cookies(jar));
    assertThat(sentCookies().get(0)).containsExactly("session=s");
    assertThat(sentCookies().get(1)).hasSize(1);
    assertThat(sentCookies().get(1).get(0).split("; "))
        .containsExactlyInAnyOrder("session=s", "node=a1");
    assertThat(jar.getCookieStore().get(server.url()))
        .extracting(HttpCookie::getName)
        .contains("node", "session");
  }
}
