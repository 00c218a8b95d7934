package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authentication refresh: where the server tells how long the access token is good for, a fresh one
 * is shown in time, so that the connection need not end with the first.
 *
 * <p>Threads: any.
 */
final class TokenRenewal {
  /** Room for slow answers and clocks that differ: a tenth of the lifetime, at most this. */
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

  private static final int MARGIN_SHARE = 10;
  private static final Logger log = LoggerFactory.getLogger(TokenRenewal.class);

  private final TransportConnector connector;
  private final ClientRuntime runtime;

  TokenRenewal(TransportConnector connector, ClientRuntime runtime) {
    this.connector = connector;
    this.runtime = runtime;
  }

  /** Renews a link's token for as long as the link lives. */
  void begin(Link link) {
    Opened<Link> opened = link.opened();
    if (opened != null) {
      opened.tokenLifetime().ifPresent(lifetime -> plan(link, lifetime));
    }
  }

  private void plan(Link link, Duration lifetime) {
    Duration margin = lifetime.dividedBy(MARGIN_SHARE);
    Duration early = margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN;
    var task =
        runtime
            .timer()
            .schedule(lifetime.minus(early), () -> runtime.workers().execute(() -> renew(link)));
    link.ended().thenRun(task::cancel);
  }

  private void renew(Link link) {
    if (link.isEnding()) {
      return;
    }
    renewNow(link)
        .exceptionally(
            error -> {
              log.warn("The access token of a connection could not be renewed", error);
              return null;
            });
  }

  CompletableFuture<Void> renewNow(Link link) {
    Opened<Link> opened = link.opened();
    if (opened == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("Not connected yet."));
    }
    return connector
        .refresh(opened.route())
        .thenAccept((Optional<Duration> next) -> next.ifPresent(d -> plan(link, d)));
  }
}
