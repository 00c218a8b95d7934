package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final InetSocketAddress PROXY = new InetSocketAddress("10.1.2.3", 4711);
  private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.9", 4711);

  private final Forwarding forwarding = Forwarding.from("10.0.0.0/8", "192.0.2.1");

  private static Channel from(SocketAddress remote) {
    return new EmbeddedChannel() {
      @Override
      public SocketAddress remoteAddress() {
        return remote;
      }
    };
  }

  private static HttpHeaders says(String... clients) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (String client : clients) {
      headers.add("X-Forwarded-For", client);
    }
    return headers.set("X-Forwarded-Proto", "https");
  }

  private static String host(Peer peer) {
    InetSocketAddress remote = peer.remote();
    return remote == null ? "none" : remote.getHostString();
  }

  @Test
  void strangerIsNotBelieved() {
    Peer peer = forwarding.peer(from(STRANGER), says("198.51.100.1"));
    assertThat(host(peer)).isEqualTo("203.0.113.9");
    assertThat(peer.scheme()).isEqualTo("http");
  }

  @Test
  void nobodyIsBelievedByDefault() {
    Peer peer = Forwarding.NONE.peer(from(PROXY), says("198.51.100.1"));
    assertThat(host(peer)).isEqualTo("10.1.2.3");
    assertThat(peer.scheme()).isEqualTo("http");
  }

  @Test
  void proxyIsBelieved() {
    Peer peer = forwarding.peer(from(PROXY), says("198.51.100.1"));
    assertThat(host(peer)).isEqualTo("198.51.100.1");
    assertThat(peer.scheme()).isEqualTo("https");
  }

  @Test
  void chainIsFollowedToTheLastAddressThatIsNoProxys() {
    Peer peer = forwarding.peer(from(PROXY), says("6.6.6.6, 198.51.100.1", "192.0.2.1, 10.9.9.9"));
    assertThat(host(peer)).isEqualTo("198.51.100.1");
  }

  @Test
  void portsAndBracketsAreUnderstood() {
    assertThat(host(forwarding.peer(from(PROXY), says("198.51.100.1:8080"))))
        .isEqualTo("198.51.100.1");
    assertThat(host(forwarding.peer(from(PROXY), says("[2001:db8::1]:443"))))
        .isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void nonsenseOfAProxyLeavesTheProxy() {
    assertThat(host(forwarding.peer(from(PROXY), says("unknown")))).isEqualTo("10.1.2.3");
  }

  @Test
  void wrongNetworksAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Forwarding.from("proxy.example"));
    assertThatIllegalArgumentException().isThrownBy(() -> Forwarding.from("10.0.0.0/x"));
    assertThatIllegalArgumentException().isThrownBy(Forwarding::from);
  }
}
