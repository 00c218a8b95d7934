package io.hubbub.http;

import io.hubbub.TransportType;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.negotiate.AvailableTransport;
import io.hubbub.protocol.negotiate.NegotiateProtocol;
import io.hubbub.protocol.negotiate.NegotiateResponse;
import io.hubbub.protocol.negotiate.NegotiateResponse.Accepted;
import io.hubbub.protocol.negotiate.NegotiateResponse.Refused;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes connections: at negotiate, and for WebSockets that come without.
 *
 * <p>Threads: any.
 */
final class Newcomers {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,10}");

  private final ConnectionTable table;

  /** No new connections any more. */
  private volatile boolean closed;

  Newcomers(ConnectionTable table) {
    this.table = table;
  }

  /** From now on, what would make or start a connection is answered 503. */
  void close() {
    closed = true;
  }

  /** A request to negotiate. */
  void negotiate(HubRequest request) {
    if (!request.exchange().method().equals("POST")) {
      request.answer(405);
      return;
    }
    Optional<Integer> version = version(request.exchange().request().query("negotiateVersion"));
    if (version.isEmpty()) {
      answer(request, new Refused(NegotiateProtocol.VERSION_IS_NO_INTEGER));
    } else if (version.get() < request.endpoint().options().minimumNegotiateVersion()) {
      answer(request, new Refused(NegotiateProtocol.unsupportedVersion(version.get())));
    } else if (!refuses(request)) {
      accept(request, Math.min(version.get(), NegotiateProtocol.MAX_VERSION));
    }
  }

  private void accept(HubRequest request, int version) {
    boolean stateful =
        request.endpoint().options().statefulReconnect() && asksForStatefulReconnect(request);
    boolean hasToken = version > 0;
    ConnectionKey key = hasToken ? ConnectionKey.secret() : ConnectionKey.plain();
    table.add(new HttpConnection(key, request, stateful, table));
    answer(
        request,
        new Accepted(
            version,
            key.id(),
            hasToken ? key.token() : null,
            stateful,
            transports(request),
            tokenLifetime(request).map(Duration::toSeconds).orElse(null)));
  }

  /** The connection of a WebSocket that comes without an id; its token is its id. */
  Optional<HttpConnection> withoutNegotiate(HubRequest request) {
    if (refuses(request)) {
      return Optional.empty();
    }
    HttpConnection made = new HttpConnection(ConnectionKey.plain(), request, false, table);
    table.add(made);
    if (closed) {
      // Whoever ended all others may have looked before.
      made.abort(null);
    }
    return Optional.of(made);
  }

  /** Whether a negotiated connection may not get its transport any more; answers the request. */
  boolean refusesStart(HubRequest request) {
    if (closed) {
      request.answer(503, "The server is shutting down");
    }
    return closed;
  }

  private boolean refuses(HubRequest request) {
    if (refusesStart(request)) {
      return true;
    }
    return switch (table.reserve(request)) {
      case WELCOME -> false;
      case SERVER_FULL -> {
        request.answer(503, "Too many connections wait to be started");
        yield true;
      }
      case ADDRESS_FULL -> {
        request.answer(429, "Too many connections of this address wait to be started");
        yield true;
      }
    };
  }

  private static Optional<Integer> version(List<String> values) {
    if (values.isEmpty()) {
      return Optional.of(0);
    }
    String value = String.join(",", values).strip();
    if (!INTEGER.matcher(value).matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(value);
    return number == (int) number ? Optional.of((int) number) : Optional.empty();
  }

  private static boolean asksForStatefulReconnect(HubRequest request) {
    List<String> values = request.exchange().request().query("useStatefulReconnect");
    return String.join(",", values).strip().equalsIgnoreCase("true");
  }

  private static List<AvailableTransport> transports(HubRequest request) {
    return Arrays.stream(TransportType.values())
        .filter(request.endpoint().options().transports()::contains)
        .map(type -> new AvailableTransport(type.wireName(), formats(type)))
        .toList();
  }

  private static Set<TransferFormat> formats(TransportType type) {
    return Arrays.stream(TransferFormat.values())
        .filter(type::supports)
        .collect(Collectors.toSet());
  }

  private Optional<Duration> tokenLifetime(HubRequest request) {
    return request.endpoint().options().authenticationRefresh()
        ? request.identity().expiresAt().map(end -> Duration.between(table.instant(), end))
        : Optional.empty();
  }

  private static void answer(HubRequest request, NegotiateResponse response) {
    request.answer(HttpResponse.of(200, "application/json", NegotiateProtocol.write(response)));
  }
}
