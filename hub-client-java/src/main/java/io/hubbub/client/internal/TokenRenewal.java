package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.Opened;
import io.hubbub.client.internal.transport.TransportConnector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authentication refresh of one link: where the server tells how long the access token is good for,
 * a fresh one is shown in time, so that the connection need not end with the first. One that is
 * refused is not shown again: the server ends the connection when the old token does.
 *
 * <p>Threads: any.
 */
final class TokenRenewal {
  /** Room for slow answers and clocks that differ: a tenth of the lifetime, at most this. */
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

  private static final int MARGIN_SHARE = 10;

  /** A server that tells of no lifetime at all is not asked without end. */
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(TokenRenewal.class);

  private final Link link;
  private final TransportConnector connector;

  /** The next renewal; null while none is planned. */
  private final AtomicReference<ClientTimer.@Nullable Task> planned = new AtomicReference<>();

  TokenRenewal(Link link, TransportConnector connector) {
    this.link = link;
    this.connector = connector;
  }

  /** Renews for as long as the link lives. */
  void begin(Opened<Link> opened) {
    opened.tokenLifetime().ifPresent(this::plan);
  }

  /** Plans the next renewal, in place of one that was planned before. */
  private void plan(Duration lifetime) {
    Duration margin = lifetime.dividedBy(MARGIN_SHARE);
    Duration early = margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN;
    Duration delay = lifetime.minus(early);
    ClientRuntime runtime = link.runtime();
    replace(
        runtime
            .timer()
            .schedule(
                delay.compareTo(SHORTEST_DELAY) > 0 ? delay : SHORTEST_DELAY,
                () -> runtime.workers().execute(this::renew)));
    if (link.isEnding()) {
      end();
    }
  }

  private void replace(ClientTimer.@Nullable Task next) {
    ClientTimer.Task before = planned.getAndSet(next);
    if (before != null) {
      before.cancel();
    }
  }

  void end() {
    replace(null);
  }

  private void renew() {
    if (link.isEnding()) {
      return;
    }
    renewNow()
        .exceptionally(
            error -> {
              log.warn("The access token of {} could not be renewed", link, error);
              return null;
            });
  }

  CompletableFuture<Void> renewNow() {
    Opened<Link> opened = link.opened();
    if (opened == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("Not connected yet."));
    }
    return connector.refresh(opened.route()).thenAccept(next -> next.ifPresent(this::plan));
  }
}
