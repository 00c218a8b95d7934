package io.hubbub.internal.delivery.backplane;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node has published on a channel and delivered to its own connections already, so that
 * it is not delivered again when it comes back. The format names no sender, so messages are told by
 * their bytes: of two equal ones it makes no difference which is taken for one's own.
 *
 * <p>An echo that has not come ten seconds after the message was published never comes; nothing is
 * held against a message that looks like it then. What waits for an outage to end is not published
 * yet, however long ago it was sent.
 *
 * <p>Threads: any; guarded by its own lock.
 */
final class EchoLedger {
  static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final int LIMIT = 100_000;

  private final Map<Echo, Deque<Echo>> expected = new HashMap<>();
  private final Deque<Echo> inOrder = new ArrayDeque<>();

  /** A message is about to be published that was delivered here. */
  synchronized Echo expect(byte[] message, long now) {
    forgetOverdue(now);
    Echo echo = new Echo(message);
    expected.computeIfAbsent(echo, key -> new ArrayDeque<>(1)).add(echo);
    inOrder.add(echo);
    return echo;
  }

  /** It was not published, after all. */
  synchronized void notPublished(Echo echo) {
    take(echo);
  }

  /**
   * A message has come.
   *
   * @return whether it is one's own
   */
  synchronized boolean isEcho(byte[] message, long now) {
    if (expected.isEmpty()) {
      return false;
    }
    forgetOverdue(now);
    Deque<Echo> equal = expected.get(new Echo(message));
    return equal != null && take(equal.getFirst());
  }

  /** Messages were lost: what had left before does not come back any more. */
  synchronized void forgetPublished() {
    inOrder.stream().filter(echo -> echo.published).toList().forEach(this::take);
  }

  private void forgetOverdue(long now) {
    Echo oldest = inOrder.peek();
    while (oldest != null
        && (oldest.isSettled
            || inOrder.size() > LIMIT
            || (oldest.published && now - oldest.publishedAt > PATIENCE_NANOS))) {
      take(oldest);
      inOrder.remove();
      oldest = inOrder.peek();
    }
  }

  private boolean take(Echo echo) {
    Deque<Echo> equal = expected.get(echo);
    if (echo.isSettled || equal == null) {
      return false;
    }
    echo.isSettled = true;
    equal.removeIf(known -> known == echo);
    if (equal.isEmpty()) {
      expected.remove(echo);
    }
    return true;
  }

  /** A message by its bytes; {@link #isSettled} is guarded by the ledger. */
  static final class Echo {
    private final byte[] message;
    private final int hash;
    private boolean isSettled;

    /** Written before {@link #published}, read after it. */
    private long publishedAt;

    /** Set when the backplane has taken it; until then it may wait for an outage to end. */
    private volatile boolean published;

    private Echo(byte[] message) {
      this.message = message;
      this.hash = Arrays.hashCode(message);
    }

    /** The backplane has taken it: from now on its echo is due. */
    void published(long now) {
      publishedAt = now;
      published = true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Echo echo
          && echo.hash == hash
          && Arrays.equals(echo.message, message);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
