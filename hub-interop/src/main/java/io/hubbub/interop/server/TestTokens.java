package io.hubbub.interop.server;

import io.hubbub.ConnectionRequest;
import io.hubbub.http.AccessToken;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.TokenAuthenticator;
import io.hubbub.spi.Identity;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Takes anybody's word: a token is {@code user} or {@code user:role}, in the header or, on any
 * request, in the query. For tests only.
 */
public final class TestTokens implements TokenAuthenticator {
  @Override
  public CompletionStage<Identity> authenticate(HttpExchange exchange) {
    ConnectionRequest request = exchange.request();
    Optional<String> token = AccessToken.ofHeader(request).or(() -> AccessToken.ofQuery(request));
    return CompletableFuture.completedFuture(
        token.map(TestTokens::identity).orElse(Identity.ANONYMOUS));
  }

  private static Identity identity(String token) {
    String[] parts = token.split(":", -1);
    Principal user = new User(parts[0]);
    Predicate<String> roles = role -> parts.length > 1 && parts[1].equals(role);
    return new Identity(Optional.of(user), roles, Map.of(), Optional.empty());
  }

  private record User(String getName) implements Principal {
    @Override
    public String toString() {
      return getName;
    }
  }
}
