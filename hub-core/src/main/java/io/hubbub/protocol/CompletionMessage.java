package io.hubbub.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end (type 3) of a call or of a stream: an error, a result, or neither.
 *
 * @param invocationId the id of the call or stream
 * @param error the error's text; null when all went well
 * @param result the result; null is a result, too, when {@code hasResult} says so
 * @param hasResult whether a result is carried; excludes an error
 * @param headers free-form headers; usually empty
 */
public record CompletionMessage(
    String invocationId,
    @Nullable String error,
    @Nullable Object result,
    boolean hasResult,
    Map<String, String> headers)
    implements HubMessage {
  /** Rejects a completion that carries both a result and an error. */
  public CompletionMessage {
    if (error != null && hasResult) {
      throw new IllegalArgumentException("Expected either an error or a result, but got both");
    }
  }

  /** Ends a call with an error. */
  public static CompletionMessage error(String invocationId, String error) {
    return new CompletionMessage(invocationId, error, null, false, Map.of());
  }

  /** Ends a call with a result, which may be null. */
  public static CompletionMessage result(String invocationId, @Nullable Object result) {
    return new CompletionMessage(invocationId, null, result, true, Map.of());
  }

  /** Ends a stream, or a call that has no result. */
  public static CompletionMessage empty(String invocationId) {
    return new CompletionMessage(invocationId, null, null, false, Map.of());
  }

  @Override
  public void dispatchTo(HubMessageHandler handler) {
    handler.onCompletion(this);
  }
}
