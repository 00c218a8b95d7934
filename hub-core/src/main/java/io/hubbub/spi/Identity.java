package io.hubbub.spi;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who makes a request, as the container or a token says.
 *
 * @param principal the user; empty when nobody was authenticated
 * @param roles answers whether the user has a role
 * @param claims what a token says of the user; empty where there is no token
 * @param expiresAt when the authentication ends; empty: never
 */
public record Identity(
    Optional<Principal> principal,
    Predicate<String> roles,
    Map<String, Object> claims,
    Optional<Instant> expiresAt) {

  /** Nobody was authenticated. */
  public static final Identity ANONYMOUS =
      new Identity(Optional.empty(), role -> false, Map.of(), Optional.empty());

  /** Keeps a copy of the claims. */
  public Identity {
    claims = Map.copyOf(claims);
  }

  /** A user without roles, claims and end. */
  public static Identity of(Principal principal) {
    return new Identity(Optional.of(principal), role -> false, Map.of(), Optional.empty());
  }

  /** Whether somebody was authenticated. */
  public boolean isAuthenticated() {
    return principal.isPresent();
  }

  /** The user's name. */
  public Optional<String> name() {
    return principal.map(Principal::getName);
  }

  /** Whether the user has a role. */
  public boolean hasRole(String role) {
    return roles.test(role);
  }
}
