package io.hubbub.http;

import io.hubbub.HubOptions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of polls: which one waits, which one is answered and with what. Who has got
 * {@link Todo#DRAIN} owns the draining and reports with {@link #drained}.
 *
 * <p>Threads: any; every decision is made under the lock of this.
 */
final class PollState {
  private final long pollTimeout;
  private final long disconnectTimeout;
  private final long sendTimeout;
  private final long closeTimeout;

  // All guarded by this.
  private Phase phase = Phase.NEW;

  /** When the phase began. */
  private long since;

  /** The poll that waits, is filled or is being answered. */
  private @Nullable HubRequest current;

  /** The poll that takes over when the answer to the current one is written. */
  private @Nullable HubRequest next;

  /** Something new came while draining. */
  private boolean moreReady;

  /** The client of the current poll went away while draining. */
  private boolean abandoned;

  /** The client has ended the connection, at this time. */
  private boolean deleted;

  private long deletedAt;

  PollState(HubOptions options) {
    this.pollTimeout = options.pollTimeout().toNanos();
    this.disconnectTimeout = options.disconnectTimeout().toNanos();
    this.sendTimeout = options.sendTimeout().toNanos();
    this.closeTimeout = options.closeTimeout().toNanos();
  }

  private enum Phase {
    /** No poll yet. */
    NEW,
    /** The first poll starts the hub. */
    STARTING,
    /** Between two polls. */
    IDLE,
    /** A poll waits for something to send. */
    WAITING,
    /** What there is to send is being collected for a poll. */
    DRAINING,
    /** An answer is being written. */
    ANSWERING,
    /** All is over. */
    ENDED
  }

  /** What is to be done. */
  enum Todo {
    NOTHING,
    /** Start the hub, then answer the poll empty. */
    START,
    /** Collect what there is to send and report it. */
    DRAIN,
    /** Answer the poll with what was collected. */
    ANSWER,
    /** Keep what was collected for the next poll. */
    KEEP,
    /** Keep what was collected and collect more, for another poll. */
    KEEP_AND_DRAIN,
    /** Answer the poll empty: nothing came. */
    ANSWER_EMPTY,
    /** Refuse the newcomer: there is another one. */
    REFUSE,
    /** Tell the polls that the connection is over, and dispose of it. */
    FINISH,
    /** Cut the poll that nobody reads, and dispose of the connection. */
    CUT,
    /** Ask the hub to end in order. */
    REQUEST_CLOSE
  }

  /**
   * A decision.
   *
   * @param todo what is to be done
   * @param poll the poll that it is about
   * @param over polls to be answered that they are over
   */
  record Decision(Todo todo, @Nullable HubRequest poll, List<HubRequest> over) {
    static final Decision NOTHING = new Decision(Todo.NOTHING, null, List.of());

    private static Decision of(Todo todo, @Nullable HubRequest poll, @Nullable HubRequest... over) {
      return new Decision(todo, poll, Stream.of(over).filter(Objects::nonNull).toList());
    }
  }

  /** A poll has come. */
  synchronized Decision arrived(HubRequest poll, long now) {
    switch (phase) {
      case NEW:
        current = poll;
        enter(Phase.STARTING, now);
        return Decision.of(Todo.START, poll);
      case IDLE:
        current = poll;
        return drain();
      case WAITING:
        HubRequest former = current;
        current = poll;
        phase = Phase.DRAINING;
        return Decision.of(Todo.DRAIN, poll, former);
      case DRAINING, ANSWERING:
        if (next == null) {
          next = poll;
          return Decision.NOTHING;
        }
        return Decision.of(Todo.REFUSE, poll);
      case STARTING:
        return Decision.of(Todo.REFUSE, poll);
      default:
        return new Decision(Todo.NOTHING, null, List.of(poll));
    }
  }

  /** The hub runs: the first poll is to be answered. */
  synchronized Decision started(long now) {
    if (phase != Phase.STARTING) {
      return Decision.NOTHING;
    }
    enter(Phase.ANSWERING, now);
    return Decision.of(Todo.ANSWER, current);
  }

  /**
   * The hub does not run, and the connection is over.
   *
   * @return whether the first poll is still to be answered
   */
  synchronized boolean startFailed() {
    boolean unanswered = phase == Phase.STARTING;
    if (unanswered) {
      end(Todo.FINISH);
    }
    return unanswered;
  }

  /** The hub has something, or has ended. */
  synchronized Decision ready() {
    moreReady = true;
    return phase == Phase.WAITING ? drain() : Decision.NOTHING;
  }

  /**
   * Everything that there was has been collected.
   *
   * @param something whether it was anything
   * @param hubEnded whether the hub had ended before
   */
  synchronized Decision drained(boolean something, boolean hubEnded, long now) {
    if (phase != Phase.DRAINING) {
      return Decision.NOTHING;
    }
    if (abandoned) {
      return dropAbandoned(now);
    }
    if (something) {
      enter(Phase.ANSWERING, now);
      return Decision.of(Todo.ANSWER, current);
    }
    if (hubEnded) {
      return end(Todo.FINISH);
    }
    if (next != null) {
      HubRequest former = current;
      current = next;
      next = null;
      moreReady = false;
      return Decision.of(Todo.DRAIN, current, former);
    }
    if (moreReady) {
      return drain();
    }
    enter(Phase.WAITING, now);
    return Decision.NOTHING;
  }

  private Decision dropAbandoned(long now) {
    abandoned = false;
    current = next;
    next = null;
    if (current != null) {
      moreReady = false;
      return Decision.of(Todo.KEEP_AND_DRAIN, current);
    }
    enter(Phase.IDLE, now);
    return Decision.of(Todo.KEEP, null);
  }

  /** An answer has been written, or cannot be any more. */
  synchronized Decision answered(HubRequest poll, long now) {
    if (phase != Phase.ANSWERING || current != poll) {
      return Decision.NOTHING;
    }
    current = next;
    next = null;
    if (deleted) {
      phase = Phase.IDLE;
      return end(Todo.FINISH);
    }
    if (current != null) {
      return drain();
    }
    enter(Phase.IDLE, now);
    return Decision.NOTHING;
  }

  /** The client of a poll went away. */
  synchronized void aborted(HubRequest poll, long now) {
    if (next == poll) {
      next = null;
    } else if (current == poll && phase == Phase.WAITING) {
      current = null;
      enter(Phase.IDLE, now);
    } else if (current == poll && phase == Phase.DRAINING) {
      abandoned = true;
    }
  }

  /** The client ends the connection. */
  synchronized Decision deleted(long now) {
    if (deleted || phase == Phase.ENDED) {
      return Decision.NOTHING;
    }
    deleted = true;
    deletedAt = now;
    boolean pollOpen = phase == Phase.WAITING || phase == Phase.DRAINING;
    return pollOpen ? Decision.of(Todo.REQUEST_CLOSE, null) : end(Todo.FINISH);
  }

  /**
   * Some time has passed.
   *
   * @param hubEnded whether the hub has ended; a client that does not fetch that is not awaited for
   *     long
   */
  synchronized Decision tick(boolean hubEnded, long now) {
    if (phase == Phase.WAITING && now - since > pollTimeout) {
      enter(Phase.ANSWERING, now);
      return Decision.of(Todo.ANSWER_EMPTY, current);
    }
    if (phase == Phase.ANSWERING && now - since > sendTimeout) {
      return end(Todo.CUT);
    }
    long patience = hubEnded ? closeTimeout : disconnectTimeout;
    boolean lost = phase == Phase.IDLE && now - since > patience;
    boolean overdue = deleted && phase != Phase.ENDED && now - deletedAt > closeTimeout;
    return lost || overdue ? end(Todo.FINISH) : Decision.NOTHING;
  }

  /** The connection is ended by the hub, at once. */
  synchronized Decision abort() {
    return phase == Phase.ENDED ? Decision.NOTHING : end(Todo.FINISH);
  }

  private Decision drain() {
    phase = Phase.DRAINING;
    moreReady = false;
    return Decision.of(Todo.DRAIN, current);
  }

  /** An answer that is being written goes on, unless it is cut. */
  private Decision end(Todo todo) {
    boolean writing = phase == Phase.ANSWERING && todo == Todo.FINISH;
    HubRequest last = writing ? null : current;
    HubRequest waiting = next;
    phase = Phase.ENDED;
    current = null;
    next = null;
    return todo == Todo.CUT
        ? Decision.of(todo, last, waiting)
        : Decision.of(todo, null, last, waiting);
  }

  private void enter(Phase begun, long now) {
    phase = begun;
    since = now;
  }
}
