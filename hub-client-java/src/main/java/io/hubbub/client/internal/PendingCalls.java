package io.hubbub.client.internal;

import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that wait for an answer, by id. Calls and upload streams draw their
 * ids from one counter.
 *
 * <p>Threads: any.
 */
final class PendingCalls {
  private final Map<String, PendingCall> calls = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  /** Set once; who adds a call afterwards has it failed at once. */
  private volatile @Nullable Throwable lost;

  String nextId() {
    return Long.toString(lastId.incrementAndGet());
  }

  void add(String id, PendingCall call) {
    calls.put(id, call);
    Throwable reason = lost;
    if (reason != null && calls.remove(id) != null) {
      call.onConnectionLost(reason);
    }
  }

  void remove(String id) {
    calls.remove(id);
  }

  /** Fails what waits and what is yet to come. */
  void lose(Throwable reason) {
    lost = reason;
    for (String id : calls.keySet()) {
      PendingCall call = calls.remove(id);
      if (call != null) {
        call.onConnectionLost(reason);
      }
    }
  }

  @Nullable Type resultType(String id) {
    PendingCall call = calls.get(id);
    return call == null ? null : call.resultType();
  }

  @Nullable Type itemType(String id) {
    PendingCall call = calls.get(id);
    return call == null ? null : call.itemType();
  }

  /** An item of nobody's stream is ignored: the stream may have been canceled a moment ago. */
  void item(String id, @Nullable Object item) {
    PendingCall call = calls.get(id);
    if (call != null) {
      call.onItem(item);
    }
  }

  /** An item that does not fit ends its stream. */
  void itemFailed(String id, String reason) {
    PendingCall call = calls.remove(id);
    if (call != null) {
      call.onCompletion(CompletionMessage.error(id, reason));
    }
  }

  void complete(CompletionMessage completion) {
    PendingCall call = calls.remove(completion.invocationId());
    if (call != null) {
      call.onCompletion(completion);
    }
  }
}
