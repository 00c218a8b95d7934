package io.hubbub.transport.jakarta;

import io.hubbub.ConnectionRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * What a request said, copied, because containers use their request objects again.
 *
 * <p>Threads: immutable; any.
 */
final class ServletRequestSnapshot implements ConnectionRequest {
  private final String path;
  private final Pairs headers;
  private final Pairs query;
  private final Optional<InetSocketAddress> remoteAddress;

  private ServletRequestSnapshot(HttpServletRequest request) {
    this.path = pathOf(request);
    this.headers = Pairs.ofHeaders(request);
    this.query = Pairs.ofQuery(request.getQueryString());
    this.remoteAddress = remoteAddressOf(request);
  }

  static ServletRequestSnapshot of(HttpServletRequest request) {
    return new ServletRequestSnapshot(request);
  }

  /** The path inside the context, decoded, whatever servlet the request was for. */
  static String pathOf(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<String> headers(String name) {
    return headers.all(name);
  }

  @Override
  public List<String> query(String name) {
    return query.all(name);
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return remoteAddress;
  }

  private static Optional<InetSocketAddress> remoteAddressOf(HttpServletRequest request) {
    try {
      // An address literal, so nothing is looked up.
      InetAddress address = InetAddress.getByName(request.getRemoteAddr());
      return Optional.of(new InetSocketAddress(address, request.getRemotePort()));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }
}
