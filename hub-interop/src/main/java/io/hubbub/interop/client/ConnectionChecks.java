package io.hubbub.interop.client;

import static io.hubbub.interop.client.Check.equal;
import static io.hubbub.interop.client.Check.failure;
import static io.hubbub.interop.client.Check.get;
import static io.hubbub.interop.client.Check.message;

import io.hubbub.TransportType;
import io.hubbub.client.ConnectFailedException;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionState;
import io.hubbub.client.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Beginning, end and return of connections. */
final class ConnectionChecks {
  private ConnectionChecks() {}

  /**
   * What is checked.
   *
   * @param quietHub the hub that pings more than once in six seconds
   */
  static List<Check> all(String quietHub) {
    return List.of(
        Check.of("start, stop and start again", ConnectionChecks::again),
        Check.of("the id is the hub's", ConnectionChecks::id),
        Check.of("the hub throws the client out", ConnectionChecks::abort),
        Check.on("/secure", "without a token", ConnectionChecks::withoutToken),
        Check.on("/secure", "with a token", ConnectionChecks::withToken),
        Check.on("/nowhere", "no hub there", ConnectionChecks::nowhere),
        Check.on("/badconnect", "the hub refuses", ConnectionChecks::badConnect),
        Check.on("/wsonly", "only WebSockets", ConnectionChecks::webSocketsOnly),
        Check.on("/stateful", "stateful reconnect is agreed on", ConnectionChecks::stateful),
        Check.on(quietHub, "pings keep a quiet connection", ConnectionChecks::quiet));
  }

  private static void again(CheckSession session) {
    HubConnection hub = session.connect();
    for (int i = 0; i < 3; i++) {
      equal(HubConnectionState.CONNECTED, hub.state());
      equal("x", get(hub.invoke(String.class, "Echo", "x")));
      get(hub.stop());
      equal(HubConnectionState.DISCONNECTED, hub.state());
      get(hub.start());
    }
  }

  private static void id(CheckSession session) {
    HubConnection hub = session.connect();
    equal(hub.connectionId().orElseThrow(), get(hub.invoke(String.class, "ConnectionId")));
  }

  private static void abort(CheckSession session) {
    HubConnection hub =
        session.build(
            builder -> builder.automaticReconnect(RetryPolicy.delays(List.of(Duration.ZERO))));
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    hub.onClosed(closed::complete);
    Check.started(hub).send("Abort");
    get(closed);
    equal(HubConnectionState.DISCONNECTED, hub.state());
  }

  private static void withoutToken(CheckSession session) {
    HubConnection hub = session.build(builder -> builder);
    Throwable error = failure(hub.start());
    equal(true, error instanceof ConnectFailedException);
    equal(true, message(error).contains("401"));
    equal(HubConnectionState.DISCONNECTED, hub.state());
  }

  private static void withToken(CheckSession session) {
    HubConnection hub = session.connectAs("ann:admin");
    equal("ann", get(hub.invoke(String.class, "UserId")));
    equal("admin", get(hub.invoke(String.class, "AdminOnly")));
  }

  private static void nowhere(CheckSession session) {
    Throwable error = failure(session.build(builder -> builder).start());
    equal(true, message(error).contains("404"));
  }

  private static void badConnect(CheckSession session) {
    HubConnection hub = session.build(builder -> builder);
    CompletableFuture<Void> over = new CompletableFuture<>();
    hub.onClosed(error -> over.complete(null));
    hub.start().exceptionally(error -> over.complete(null) ? null : null);
    get(over);
  }

  private static void webSocketsOnly(CheckSession session) {
    HubConnection hub = session.build(builder -> builder);
    if (session.way().transport() == TransportType.WEB_SOCKETS) {
      equal("x", get(Check.started(hub).invoke(String.class, "Echo", "x")));
    } else {
      equal(true, failure(hub.start()) instanceof ConnectFailedException);
    }
  }

  private static void stateful(CheckSession session) {
    HubConnection hub = Check.started(session.build(builder -> builder.statefulReconnect()));
    equal("x", get(hub.invoke(String.class, "Echo", "x")));
  }

  /** An open poll shows life by itself: nobody pings then, and no time-out is to end it. */
  private static void quiet(CheckSession session) {
    boolean pinged = session.way().transport() != TransportType.LONG_POLLING;
    Duration timeout = pinged ? Duration.ofSeconds(6) : Duration.ofMillis(500);
    int afterTimeOuts = pinged ? 8_000 : 1_500;
    HubConnection hub =
        Check.started(
            session.build(
                builder ->
                    builder.keepAliveInterval(Duration.ofMillis(500)).serverTimeout(timeout)));
    CompletableFuture<String> call = hub.invoke(String.class, "EchoLater", "late", afterTimeOuts);
    equal("late", get(call, Duration.ofSeconds(30)));
  }
}
