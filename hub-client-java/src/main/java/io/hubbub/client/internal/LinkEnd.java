package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended.
 *
 * @param error what went wrong; null when nothing did
 * @param mayReconnect whether automatic reconnect is welcome
 */
record LinkEnd(@Nullable Throwable error, boolean mayReconnect) {
  /** The application wanted it. */
  static final LinkEnd STOPPED = new LinkEnd(null, false);

  /** The transport ended without a word of the hub. */
  static LinkEnd lost(@Nullable Throwable error) {
    return new LinkEnd(error, true);
  }

  /** What the calls in flight are told. */
  Throwable reasonForCalls() {
    return new ConnectionClosedException(
        "Invocation canceled due to the underlying connection being closed."
            + (error == null ? "" : " " + error.getMessage()),
        error);
  }
}
