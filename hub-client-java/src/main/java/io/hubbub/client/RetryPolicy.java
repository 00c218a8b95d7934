package io.hubbub.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to try again after a lost connection.
 *
 * <p>Threads: one call at a time for one connection; must not block.
 */
@FunctionalInterface
public interface RetryPolicy {
  /**
   * The pause before the next attempt.
   *
   * @return the pause, or empty to give up
   */
  Optional<Duration> nextDelay(RetryContext context);

  /** Four attempts: at once, and after 2, 10 and 30 seconds, as the official clients do. */
  static RetryPolicy standard() {
    return delays(
        List.of(
            Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)));
  }

  /** One attempt after each of these pauses, then no more. */
  static RetryPolicy delays(List<Duration> delays) {
    List<Duration> copy = List.copyOf(delays);
    return context ->
        context.previousRetries() < copy.size()
            ? Optional.of(copy.get((int) context.previousRetries()))
            : Optional.empty();
  }

  /**
   * Attempts without end: the pause doubles from the first to the longest. Give it {@linkplain
   * #withJitter jitter} where many clients hang on one server.
   *
   * @param first the pause before the first attempt
   * @param longest the pause does not grow beyond it
   */
  static RetryPolicy exponential(Duration first, Duration longest) {
    return context -> {
      int doublings = (int) Math.min(context.previousRetries(), 30);
      Duration grown = first.multipliedBy(1L << doublings);
      return Optional.of(grown.compareTo(longest) < 0 ? grown : longest);
    };
  }

  /**
   * This policy with its pauses shortened or lengthened at random, so that the clients of a server
   * that restarts do not all come back in the same moment.
   *
   * @param share the largest change, as a share of the pause: 0.5 makes 10 s to anything between 5
   *     and 15 s
   * @throws IllegalArgumentException if the share is not between 0 and 1
   */
  default RetryPolicy withJitter(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("Expected a share between 0 and 1, but got " + share);
    }
    return context ->
        nextDelay(context)
            .map(
                delay -> {
                  double factor = 1 + share * (2 * ThreadLocalRandom.current().nextDouble() - 1);
                  return Duration.ofNanos((long) (delay.toNanos() * factor));
                });
  }
}
