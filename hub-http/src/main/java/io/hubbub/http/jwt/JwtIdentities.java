package io.hubbub.http.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import io.hubbub.spi.Identity;
import java.security.Principal;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes users of tokens that have been checked.
 *
 * <p>Threads: immutable; any.
 */
final class JwtIdentities {
  private final String nameClaim;
  private final List<String> roleClaims;

  JwtIdentities(String nameClaim, List<String> roleClaims) {
    this.nameClaim = nameClaim;
    this.roleClaims = roleClaims;
  }

  /**
   * Who a token speaks of.
   *
   * @throws BadJWTException if it does not name anybody
   */
  Identity of(JWTClaimsSet token) throws BadJWTException {
    if (!(token.getClaim(nameClaim) instanceof String name) || name.isEmpty()) {
      throw new BadJWTException("Expected the token to name its user in the claim " + nameClaim);
    }
    Map<String, Object> claims = new HashMap<>(token.getClaims());
    claims.values().removeIf(value -> value == null);
    Set<String> roles = roles(token);
    return new Identity(
        Optional.of(new User(name)),
        roles::contains,
        claims,
        Optional.ofNullable(token.getExpirationTime()).map(Date::toInstant));
  }

  private Set<String> roles(JWTClaimsSet token) {
    Set<String> roles = new HashSet<>();
    for (String claim : roleClaims) {
      Object value = token.getClaim(claim);
      if (value instanceof Collection<?> several) {
        several.forEach(role -> roles.add(String.valueOf(role)));
      } else if (value != null) {
        roles.add(value.toString());
      }
    }
    return roles;
  }

  /** A user known by name. */
  private record User(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }
}
