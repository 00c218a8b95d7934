package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.RetryContext;
import io.hubbub.client.RetryPolicy;
import io.hubbub.client.internal.transport.ClientTimer;
import io.hubbub.client.internal.transport.ConnectAttempt;
import io.hubbub.client.internal.transport.Failures;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reconnect: attempt after attempt as the policy says, until one comes through, the policy
 * gives up, or nobody wants it any more. The last case never completes the result.
 *
 * <p>Threads: steps follow each other, each on the thread that brought the news.
 */
final class Reconnector {
  private static final Logger log = LoggerFactory.getLogger(Reconnector.class);

  private final LinkMaker maker;
  private final ClientRuntime runtime;
  private final RetryPolicy policy;
  private final ConnectAttempt attempt;
  private final CompletableFuture<Link> result = new CompletableFuture<>();
  private final long began;

  // Confined to the chain of steps.
  private long retries;
  private Optional<Throwable> reason;

  Reconnector(
      LinkMaker maker,
      ClientRuntime runtime,
      RetryPolicy policy,
      ConnectAttempt attempt,
      Optional<Throwable> reason) {
    this.maker = maker;
    this.runtime = runtime;
    this.policy = policy;
    this.attempt = attempt;
    this.reason = reason;
    this.began = runtime.timer().nanoTime();
  }

  /** The pause before the next attempt; empty to give up. */
  Optional<Duration> nextDelay() {
    try {
      return Objects.requireNonNull(
          policy.nextDelay(new RetryContext(retries, elapsed(), reason)),
          "Expected a pause or an empty Optional, but got null");
    } catch (RuntimeException e) {
      log.warn("The retry policy failed: no further attempt to reconnect", e);
      return Optional.empty();
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(runtime.timer().nanoTime() - began);
  }

  /** Tries, the first time after a delay. */
  CompletableFuture<Link> run(Duration firstDelay) {
    plan(firstDelay);
    return result;
  }

  private void plan(Duration delay) {
    // Said before the step can begin, or it would undo what the step says itself.
    CompletableFuture<ClientTimer.Task> planned = new CompletableFuture<>();
    attempt.at(() -> planned.thenAccept(ClientTimer.Task::cancel));
    planned.complete(
        runtime.timer().schedule(delay, () -> runtime.workers().execute(this::attemptOnce)));
  }

  private void attemptOnce() {
    if (attempt.isCanceled()) {
      return;
    }
    maker
        .make(attempt)
        .whenComplete(
            (link, error) -> {
              if (link != null) {
                result.complete(link);
              } else if (!attempt.isCanceled()) {
                failed(Failures.unwrap(error));
              }
            });
  }

  private void failed(Throwable error) {
    retries++;
    reason = Optional.of(error);
    log.debug("Attempt {} to reconnect failed", retries, error);
    nextDelay().ifPresentOrElse(this::plan, () -> giveUp(error));
  }

  private void giveUp(Throwable error) {
    result.completeExceptionally(
        new ConnectionClosedException(
            "Reconnect retries have been exhausted after "
                + retries
                + " failed attempts and "
                + elapsed()
                + " elapsed.",
            error));
  }
}
