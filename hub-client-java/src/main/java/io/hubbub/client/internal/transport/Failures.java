package io.hubbub.client.internal.transport;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What really went wrong inside the wrappings of futures. */
public final class Failures {
  private Failures() {}

  /** The first cause that is not merely a future's way to say that it failed. */
  public static Throwable unwrap(@Nullable Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException || cause instanceof ExecutionException) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        return cause;
      }
      cause = inner;
    }
    return cause == null ? new IllegalStateException("Failed without a reason") : cause;
  }

  /** The error in a message of the server; an empty one is none, as for Microsoft's clients. */
  public static @Nullable String said(@Nullable String error) {
    return error == null || error.isEmpty() ? null : error;
  }

  /** A text for people, also where the exception has none. */
  public static String text(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isEmpty() ? error.getClass().getSimpleName() : message;
  }
}
