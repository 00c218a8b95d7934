package io.hubbub.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class UrlsTest {
  private static final URI HUB = URI.create("https://example.com:8443/app/hub?room=a%20b");

  @Test
  void queryOfTheHubStays() {
    assertThat(Urls.negotiate(HUB, true))
        .hasToString(
            "https://example.com:8443/app/hub/negotiate?room=a%20b&negotiateVersion=1"
                + "&useStatefulReconnect=true");
    assertThat(Urls.connection(HUB, "t-_1"))
        .hasToString("https://example.com:8443/app/hub?room=a%20b&id=t-_1");
  }

  @Test
  void versionThatIsGivenIsKept() {
    URI hub = URI.create("http://h/hub/?NegotiateVersion=0");
    assertThat(Urls.negotiate(hub, false)).hasToString("http://h/hub/negotiate?NegotiateVersion=0");
  }

  @Test
  void idIsMadeSafe() {
    assertThat(Urls.connection(URI.create("http://h/hub"), "a&b +"))
        .hasToString("http://h/hub?id=a%26b%20%2B");
  }

  @Test
  void webSocketsHaveTheirOwnScheme() {
    assertThat(Urls.webSocket(HUB)).hasToString("wss://example.com:8443/app/hub?room=a%20b");
  }
}
