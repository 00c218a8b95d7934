package io.hubbub.client.internal.transport;

import io.hubbub.client.AccessTokenProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token of one connection: asked for when the official clients ask, kept in between.
 *
 * <p>Threads: any; the provider is called on the executor, one request at a time by the order of a
 * start.
 */
final class AccessTokens {
  static final String NONE = "";

  private final @Nullable AccessTokenProvider provider;
  private final Executor executor;
  private volatile @Nullable String held;

  AccessTokens(@Nullable AccessTokenProvider provider, Executor executor) {
    this.provider = provider;
    this.executor = executor;
  }

  /** The tokens after a redirect that brought its own: that one for everything from then on. */
  static AccessTokens given(String token) {
    AccessTokens tokens = new AccessTokens(null, Runnable::run);
    tokens.held = token;
    return tokens;
  }

  /** Whether {@link #fresh} can bring another token than {@link #current}. */
  boolean canChange() {
    return provider != null;
  }

  /** A token asked for now; empty for none. */
  CompletableFuture<String> fresh() {
    AccessTokenProvider asked = provider;
    if (asked == null) {
      String given = held;
      return CompletableFuture.completedFuture(given == null ? NONE : given);
    }
    return CompletableFuture.supplyAsync(asked::token, executor)
        .thenCompose(Function.identity())
        .thenApply(
            token -> {
              held = token;
              return token;
            });
  }

  /** The token of the last request; asked for when there was none. */
  CompletableFuture<String> current() {
    String known = held;
    return known == null ? fresh() : CompletableFuture.completedFuture(known);
  }
}
