package io.hubbub.client.internal;

import io.hubbub.client.ConnectFailedException;
import io.hubbub.client.internal.transport.ConnectAttempt;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes links: the whole way from the URL to the answered handshake.
 *
 * <p>Threads: any.
 */
final class LinkMaker {
  private final ConnectionSettings settings;
  private final ClientRuntime runtime;
  private final Handlers handlers;
  private final SerialExecutor lane;
  private final TransportConnector connector;

  LinkMaker(
      ConnectionSettings settings, ClientRuntime runtime, Handlers handlers, SerialExecutor lane) {
    this.settings = settings;
    this.runtime = runtime;
    this.handlers = handlers;
    this.lane = lane;
    this.connector =
        new TransportConnector(settings.http(), settings.transports(), runtime.transports());
  }

  /** Fails with {@link ConnectFailedException} whatever went wrong. */
  CompletableFuture<Link> make(ConnectAttempt attempt) {
    return connector
        .open(this::newLink, attempt)
        .thenCompose(opened -> shakeHands(opened, attempt))
        .handle(
            (link, error) -> {
              if (link == null) {
                throw new CompletionException(connectFailed(Failures.unwrap(error)));
              }
              return link;
            });
  }

  private Link newLink() {
    return new Link(settings, runtime, handlers, lane, connector);
  }

  private static CompletableFuture<Link> shakeHands(Opened<Link> opened, ConnectAttempt attempt) {
    Link link = opened.listener();
    CompletableFuture<Link> done = link.shakeHands(opened);
    attempt.at(() -> link.end(LinkEnd.STOPPED));
    return done;
  }

  private static ConnectFailedException connectFailed(Throwable error) {
    return error instanceof ConnectFailedException failed
        ? failed
        : new ConnectFailedException(
            Optional.ofNullable(error.getMessage()).orElse("The connection failed: " + error),
            error);
  }
}
