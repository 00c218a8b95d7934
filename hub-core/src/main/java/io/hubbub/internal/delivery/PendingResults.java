package io.hubbub.internal.delivery;

import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers that clients still owe, by invocation id. Bounded in all and per connection; what a
 * connection owes fails when it closes.
 *
 * <p>Threads: any. An answer has one winner: who takes its entry out of the map.
 */
public final class PendingResults {
  static final int LIMIT_PER_CONNECTION = 1_000;
  static final int LIMIT = 100_000;

  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  /**
   * Expects an answer from a connection of this node.
   *
   * @return whether it is expected now, and why not
   * @throws IllegalStateException if too many answers are expected
   */
  public Expectation expect(String invocationId, Member member, Receiver receiver) {
    refuseWhenFull();
    synchronized (member) {
      if (member.isClosing()) {
        return Expectation.CLOSING;
      }
      if (member.awaitedCount() >= LIMIT_PER_CONNECTION) {
        throw new IllegalStateException(
            "Expected at most "
                + LIMIT_PER_CONNECTION
                + " unanswered client results of connection '"
                + member.connectionId()
                + "'; end those that take too long with orTimeout");
      }
      Pending entry = new Pending(member.connectionId(), member, receiver);
      if (pending.putIfAbsent(invocationId, entry) != null) {
        return Expectation.ID_IN_USE;
      }
      member.await(invocationId);
      return Expectation.EXPECTED;
    }
  }

  /**
   * Expects an answer from a connection of another node.
   *
   * @throws IllegalStateException if too many answers are expected
   */
  public void expectRemote(String invocationId, String connectionId, Receiver receiver) {
    refuseWhenFull();
    pending.put(invocationId, new Pending(connectionId, null, receiver));
  }

  private void refuseWhenFull() {
    if (pending.size() >= LIMIT) {
      throw new IllegalStateException(
          "Expected at most "
              + LIMIT
              + " unanswered client results; end those that take too long with orTimeout");
    }
  }

  /** The type that an answer is to be read as; null when nobody waits for it. */
  public @Nullable Type resultType(String invocationId) {
    Pending entry = pending.get(invocationId);
    return entry == null ? null : entry.receiver.resultType();
  }

  /**
   * A connection of this node has answered.
   *
   * @return whether somebody waited for it
   * @throws IllegalStateException if another connection was asked
   */
  public boolean complete(String connectionId, CompletionMessage completion) {
    String invocationId = completion.invocationId();
    Pending entry = pending.get(invocationId);
    if (entry == null) {
      return false;
    }
    if (entry.member == null || !entry.connectionId.equals(connectionId)) {
      throw new IllegalStateException(
          "Connection ID '"
              + connectionId
              + "' is not valid for invocation ID '"
              + invocationId
              + "'.");
    }
    return finish(invocationId, entry, completion);
  }

  /**
   * Another node has passed on an answer of one of its connections.
   *
   * @return whether somebody waited for it
   */
  public boolean completeRemote(CompletionMessage completion) {
    Pending entry = pending.get(completion.invocationId());
    return entry != null
        && entry.member == null
        && finish(completion.invocationId(), entry, completion);
  }

  private boolean finish(String invocationId, Pending entry, CompletionMessage completion) {
    if (!take(invocationId, entry)) {
      return false;
    }
    entry.receiver.completed(completion);
    return true;
  }

  /** Nobody waits for an answer any more. */
  public void forget(String invocationId) {
    Pending entry = pending.get(invocationId);
    if (entry != null) {
      take(invocationId, entry);
    }
  }

  private boolean take(String invocationId, Pending entry) {
    if (!pending.remove(invocationId, entry)) {
      return false;
    }
    Member member = entry.member;
    if (member != null) {
      synchronized (member) {
        member.forget(invocationId);
      }
    }
    return true;
  }

  /** A connection is closing: it answers nothing any more, and nothing more is expected of it. */
  public void failAll(Member member) {
    Iterable<String> owed;
    synchronized (member) {
      owed = member.takeAwaited();
    }
    for (String invocationId : owed) {
      Pending entry = pending.remove(invocationId);
      if (entry != null) {
        entry.receiver.disconnected(entry.connectionId);
      }
    }
  }

  int size() {
    return pending.size();
  }

  /** What became of the wish to get an answer. */
  public enum Expectation {
    /** The receiver will be told. */
    EXPECTED,
    /** The connection is closing and answers nothing any more. */
    CLOSING,
    /** Somebody waits for an answer with that id already. */
    ID_IN_USE
  }

  /** Who waits for an answer. Told once. Threads: any; must return soon. */
  public interface Receiver {
    /** The type that the answer is read as. */
    Type resultType();

    /** The client has answered. */
    void completed(CompletionMessage completion);

    /** The client has left before it answered. */
    void disconnected(String connectionId);
  }

  /** By identity: two calls are never the same one. */
  private static final class Pending {
    private final String connectionId;
    private final @Nullable Member member;
    private final Receiver receiver;

    Pending(String connectionId, @Nullable Member member, Receiver receiver) {
      this.connectionId = connectionId;
      this.member = member;
      this.receiver = receiver;
    }
  }
}
