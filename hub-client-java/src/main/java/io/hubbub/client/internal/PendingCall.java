package io.hubbub.client.internal;

import io.hubbub.protocol.CompletionMessage;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A call that the server has not answered yet.
 *
 * <p>Threads: items and completion come on the receive callback; a failure on any thread.
 */
interface PendingCall {
  /** The type of the result; null for none. */
  @Nullable Type resultType();

  /** The type of its stream's items. */
  Type itemType();

  void onItem(@Nullable Object item);

  void onCompletion(CompletionMessage completion);

  /** There will be no answer any more. */
  void onConnectionLost(Throwable reason);
}
