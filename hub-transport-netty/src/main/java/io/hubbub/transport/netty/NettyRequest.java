package io.hubbub.transport.netty;

import io.hubbub.ConnectionRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as hubs see it. It lives as long as its connection, so it keeps two strings a header
 * and decodes the query when asked.
 *
 * <p>Threads: immutable; any.
 */
final class NettyRequest implements ConnectionRequest {
  /** Names that most requests have, so that all of them share one string. */
  private static final Map<String, String> USUAL_NAMES =
      Stream.of(
              "accept",
              "accept-encoding",
              "accept-language",
              "authorization",
              "cache-control",
              "connection",
              "content-length",
              "content-type",
              "cookie",
              "dnt",
              "host",
              "origin",
              "pragma",
              "referer",
              "sec-fetch-dest",
              "sec-fetch-mode",
              "sec-fetch-site",
              "sec-websocket-extensions",
              "sec-websocket-key",
              "sec-websocket-version",
              "upgrade",
              "user-agent",
              "x-forwarded-for",
              "x-forwarded-proto",
              "x-real-ip",
              "x-requested-with",
              "x-signalr-user-agent")
          .collect(Collectors.toUnmodifiableMap(name -> name, name -> name));

  private static final int MAXIMUM_PARAMETERS = 1024;

  private final String uri;
  private final String[] headers;
  private final @Nullable InetSocketAddress remote;

  private NettyRequest(String uri, String[] headers, @Nullable InetSocketAddress remote) {
    this.uri = uri;
    this.headers = headers;
    this.remote = remote;
  }

  static NettyRequest of(HttpRequest request, @Nullable InetSocketAddress remote) {
    return new NettyRequest(pathAndQuery(request.uri()), flat(request.headers()), remote);
  }

  /** Proxies ask with a whole URI. */
  private static String pathAndQuery(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int authority = uri.indexOf("://");
    int path = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
    return path < 0 ? uri : uri.substring(path);
  }

  private static String[] flat(HttpHeaders headers) {
    String[] flat = new String[headers.size() * 2];
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    for (int i = 0; all.hasNext(); i += 2) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      String name = header.getKey().toString().toLowerCase(Locale.ROOT);
      flat[i] = USUAL_NAMES.getOrDefault(name, name);
      flat[i + 1] = header.getValue().toString();
    }
    return flat;
  }

  @Override
  public String path() {
    return new QueryStringDecoder(uri).path();
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        values.add(headers[i + 1]);
      }
    }
    return List.copyOf(values);
  }

  @Override
  public Optional<String> header(String name) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return Optional.of(headers[i + 1]);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> query(String name) {
    if (uri.indexOf('?') < 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>(1);
    new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAXIMUM_PARAMETERS, true)
        .parameters()
        .forEach(
            (key, found) -> {
              if (key.equalsIgnoreCase(name)) {
                values.addAll(found);
              }
            });
    return List.copyOf(values);
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return Optional.ofNullable(remote);
  }
}
