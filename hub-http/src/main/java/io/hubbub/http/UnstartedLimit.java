package io.hubbub.http;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections that have been negotiated and never started, on this server and for each
 * address.
 *
 * <p>Threads: any.
 */
final class UnstartedLimit {
  private final int total;
  private final int perAddress;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  UnstartedLimit(int total, int perAddress) {
    this.total = total;
    this.perAddress = perAddress;
  }

  /** What is said to a newcomer. */
  enum Verdict {
    WELCOME,
    SERVER_FULL,
    ADDRESS_FULL
  }

  /** Counts one more if that is allowed. */
  Verdict enter(Optional<InetAddress> address) {
    if (count.incrementAndGet() > total) {
      count.decrementAndGet();
      return Verdict.SERVER_FULL;
    }
    if (address.isPresent() && byAddress.merge(address.get(), 1, Integer::sum) > perAddress) {
      leave(address);
      return Verdict.ADDRESS_FULL;
    }
    return Verdict.WELCOME;
  }

  /** Counts one less. */
  void leave(Optional<InetAddress> address) {
    count.decrementAndGet();
    address.ifPresent(
        known -> byAddress.computeIfPresent(known, (key, open) -> open == 1 ? null : open - 1));
  }

  /** How many there are. */
  int count() {
    return count.get();
  }
}
