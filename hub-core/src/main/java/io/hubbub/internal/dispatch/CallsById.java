package io.hubbub.internal.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of one connection that can be cancelled, by the ids that the client chose.
 *
 * <p>Threads: calls are added by the receive callback and removed by whoever ends them; {@link
 * #cancelAll} from any thread, once or more.
 */
final class CallsById {
  private final Map<String, Call> calls = new ConcurrentHashMap<>(4);
  private volatile boolean cancelled;

  /** How many there are now. */
  int size() {
    return calls.size();
  }

  /**
   * Adds a call; cancels it at once if all were cancelled.
   *
   * @return whether its id was free
   */
  boolean add(String invocationId, Call call) {
    if (calls.putIfAbsent(invocationId, call) != null) {
      return false;
    }
    if (cancelled) {
      call.cancel();
    }
    return true;
  }

  /** The call cannot be cancelled any more; its id is free again if it was this call's. */
  void remove(String invocationId, Call call) {
    calls.remove(invocationId, call);
  }

  /** The client wants no result of a call, if it is there. */
  void cancel(String invocationId) {
    Call call = calls.get(invocationId);
    if (call != null) {
      call.cancel();
    }
  }

  /** The connection ends: nobody wants any result, now and later. */
  void cancelAll() {
    cancelled = true;
    calls.values().forEach(Call::cancel);
  }
}
