package io.hubbub.transport.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies the server believes when they say who their client is, by {@code X-Forwarded-For}
 * and {@code X-Forwarded-Proto}. A client behind a Unix domain socket is such a proxy whenever
 * there are any.
 *
 * <p>Threads: immutable; any.
 */
final class Forwarding {
  /** Nobody is believed. */
  static final Forwarding NONE = new Forwarding(List.of());

  private final List<IpSubnetFilterRule> trusted;

  private Forwarding(List<IpSubnetFilterRule> trusted) {
    this.trusted = trusted;
  }

  /**
   * Believes proxies.
   *
   * @param proxies addresses, or networks as in {@code 10.0.0.0/8}
   * @throws IllegalArgumentException if one is neither
   */
  static Forwarding from(String... proxies) {
    List<IpSubnetFilterRule> rules = new ArrayList<>();
    for (String proxy : proxies) {
      rules.add(rule(proxy));
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected at least one proxy's address or network, but found none");
    }
    return new Forwarding(List.copyOf(rules));
  }

  private static IpSubnetFilterRule rule(String proxy) {
    int slash = proxy.indexOf('/');
    String address = slash < 0 ? proxy : proxy.substring(0, slash);
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "Expected an address or a network like 10.0.0.0/8, but found " + proxy);
    }
    int prefix = slash < 0 ? bytes.length * Byte.SIZE : prefix(proxy, proxy.substring(slash + 1));
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  private static int prefix(String proxy, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(
          "Expected a number of bits after the slash, but found " + proxy, wrong);
    }
  }

  /** Who makes a request. */
  Peer peer(Channel channel, HttpHeaders headers) {
    String scheme = channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
    InetSocketAddress remote =
        channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
    if (!isTrusted(remote)) {
      return new Peer(scheme, remote);
    }
    return new Peer(scheme(headers, scheme), client(headers, remote));
  }

  private boolean isTrusted(@Nullable InetSocketAddress address) {
    if (address == null) {
      return !trusted.isEmpty();
    }
    for (IpSubnetFilterRule rule : trusted) {
      if (rule.matches(address)) {
        return true;
      }
    }
    return false;
  }

  private static String scheme(HttpHeaders headers, String direct) {
    List<String> said = items(headers, "X-Forwarded-Proto");
    String last = said.isEmpty() ? direct : said.get(said.size() - 1);
    return last.equalsIgnoreCase("https") || last.equalsIgnoreCase("wss") ? "https" : "http";
  }

  /** The last address that no trusted proxy has: what is left of it, anybody may have written. */
  private @Nullable InetSocketAddress client(
      HttpHeaders headers, @Nullable InetSocketAddress direct) {
    InetSocketAddress client = direct;
    List<String> chain = items(headers, "X-Forwarded-For");
    for (int i = chain.size() - 1; i >= 0 && isTrusted(client); i--) {
      InetSocketAddress before = address(chain.get(i));
      if (before == null) {
        return client;
      }
      client = before;
    }
    return client;
  }

  private static List<String> items(HttpHeaders headers, String name) {
    List<String> items = new ArrayList<>();
    for (String value : headers.getAll(name)) {
      for (String item : value.split(",", -1)) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private static @Nullable InetSocketAddress address(String text) {
    String host = text;
    int port = 0;
    int colon = text.lastIndexOf(':');
    if (colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']')) {
      host = text.substring(0, colon);
    }
    byte[] bytes =
        NetUtil.createByteArrayFromIpAddressString(host.replace("[", "").replace("]", ""));
    try {
      return bytes == null ? null : new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("Netty parsed an address of a wrong length", wrongLength);
    }
  }
}
