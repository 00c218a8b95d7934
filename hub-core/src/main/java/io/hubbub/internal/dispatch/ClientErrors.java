package io.hubbub.internal.dispatch;

import io.hubbub.HubException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Every error text that a caller of a hub method can get. What went wrong inside is told only when
 * the hub's detailed errors are on, or when it is a {@link HubException}.
 *
 * <p>Threads: immutable; any.
 */
final class ClientErrors {
  static final String STREAMING_FAILED = "An error occurred on the server while streaming results.";

  private final boolean detailed;

  ClientErrors(boolean detailed) {
    this.detailed = detailed;
  }

  String methodUnknown(String target) {
    return argumentsRefused(target) + " HubException: Method does not exist.";
  }

  String argumentsUnbound(String target, String reason) {
    String text = argumentsRefused(target);
    return detailed ? text + " InvalidDataException: " + reason : text;
  }

  private static String argumentsRefused(String target) {
    return "Failed to invoke '" + target + "' due to an error on the server.";
  }

  String unauthorized(String target) {
    return "Failed to invoke '" + target + "' because user is unauthorized";
  }

  String streamingMethodCalledPlainly(String target) {
    return "The client attempted to invoke the streaming '"
        + target
        + "' method with a non-streaming invocation.";
  }

  String plainMethodCalledForStream(String target) {
    return "The client attempted to invoke the non-streaming '"
        + target
        + "' method with a streaming invocation.";
  }

  String wrongNumberOfUploads(String target, int sent, int expected) {
    return invocationFailed(
        target,
        new HubException(
            "Client sent " + sent + " stream(s), Hub method expects " + expected + "."));
  }

  String invocationFailed(String target, Throwable cause) {
    return describe(invocationFailed(target), cause);
  }

  String invocationFailed(String target) {
    return "An unexpected error occurred invoking '" + target + "' on the server.";
  }

  String streamingFailed(Throwable cause) {
    return describe(STREAMING_FAILED, cause);
  }

  String itemUnbound(String reason) {
    String text = "Failed to bind Stream message.";
    return detailed ? text + " InvalidDataException: " + reason : text;
  }

  String idInUse(String invocationId) {
    return "Invocation ID '" + invocationId + "' is already in use.";
  }

  String streamIdInUse(String streamId) {
    return "Stream ID '" + streamId + "' is already in use.";
  }

  String noStreamReturned(String method) {
    return "The value returned by the streaming method '"
        + method
        + "' is not a Publisher, Stream, Iterable or Iterator.";
  }

  String tooManyUploads(int limit) {
    return "Expected at most "
        + limit
        + " uploads of one connection at the same time. The limit is maximumUploads in HubOptions.";
  }

  String tooManyStreams(int limit) {
    return "Expected at most "
        + limit
        + " result streams of one connection at the same time. The limit is maximumStreams in HubOptions.";
  }

  String tooManyCalls(int limit) {
    return "Expected at most " + limit + " running calls of one connection.";
  }

  private String describe(String text, Throwable cause) {
    Throwable real = unwrap(cause);
    if (!detailed && !(real instanceof HubException)) {
      return text;
    }
    String message = real.getMessage();
    return text
        + " "
        + shortName(real.getClass())
        + ": "
        + (message == null
            ? "Exception of type '" + real.getClass().getName() + "' was thrown."
            : message);
  }

  /** What a stage or a future has wrapped. */
  static Throwable unwrap(Throwable error) {
    Throwable current = error;
    while (current instanceof CompletionException || current instanceof ExecutionException) {
      Throwable cause = current.getCause();
      if (cause == null) {
        return current;
      }
      current = cause;
    }
    return current;
  }

  private static String shortName(Class<?> type) {
    String name = type.getSimpleName();
    return name.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : name;
  }
}
