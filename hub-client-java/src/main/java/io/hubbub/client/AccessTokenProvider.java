package io.hubbub.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives the bearer token of a request. It is asked before each negotiate, again for each WebSocket,
 * anew on every reconnect, before the token in use expires where the server tells when, and once
 * more when a request is refused with 401.
 *
 * <p>Threads: called on a thread where it may block; at most once at a time for one connection.
 */
@FunctionalInterface
public interface AccessTokenProvider {
  /**
   * A token that is valid now.
   *
   * @return the token; an empty one sends none. A failure fails the start or the reconnect attempt
   */
  CompletionStage<String> token();

  /** Always the same token. */
  static AccessTokenProvider fixed(String token) {
    return () -> CompletableFuture.completedFuture(token);
  }
}
