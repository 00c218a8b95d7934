package io.hubbub.http.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys that tokens are checked with, and the algorithms that go with them. A token cannot
 * choose an algorithm of another kind of key.
 *
 * @param source the keys
 * @param algorithms what they are good for
 * @param needNetwork whether a look at them may wait for the network
 */
record JwtKeys(
    JWKSource<SecurityContext> source, Set<JWSAlgorithm> algorithms, boolean needNetwork) {
  private static final int MINIMUM_SECRET = 32;
  private static final int MINIMUM_RSA_BITS = 2048;

  /** To connect, and again to read; the library's own half a second is short for a first TLS. */
  private static final int FETCH_MILLIS = 3_000;

  static JwtKeys secret(byte[] secret) {
    if (secret.length < MINIMUM_SECRET) {
      throw new IllegalArgumentException(
          "Expected a secret of at least "
              + MINIMUM_SECRET
              + " bytes, but found "
              + secret.length
              + ": shorter ones can be guessed");
    }
    return new JwtKeys(
        new ImmutableSecret<>(secret.clone()), Set.copyOf(JWSAlgorithm.Family.HMAC_SHA), false);
  }

  static JwtKeys publicKey(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      if (rsa.getModulus().bitLength() < MINIMUM_RSA_BITS) {
        throw new IllegalArgumentException(
            "Expected an RSA key of at least "
                + MINIMUM_RSA_BITS
                + " bits, but found "
                + rsa.getModulus().bitLength());
      }
      return of(new RSAKey.Builder(rsa).build(), JWSAlgorithm.Family.RSA);
    }
    if (key instanceof ECPublicKey ec) {
      return of(
          new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build(),
          JWSAlgorithm.Family.EC);
    }
    throw new IllegalArgumentException(
        "Expected a public key of RSA or of an elliptic curve, but found " + key.getAlgorithm());
  }

  static JwtKeys published(URI address) {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(JWSAlgorithm.Family.EC);
    try {
      return new JwtKeys(
          JWKSourceBuilder.create(address.toURL(), fetcher()).retrying(true).build(),
          Set.copyOf(algorithms),
          true);
    } catch (MalformedURLException | IllegalArgumentException notFetchable) {
      throw new IllegalArgumentException(
          "Expected the http or https address of a key set, but found " + address, notFetchable);
    }
  }

  private static ResourceRetriever fetcher() {
    return new DefaultResourceRetriever(
        FETCH_MILLIS, FETCH_MILLIS, JWKSourceBuilder.DEFAULT_HTTP_SIZE_LIMIT);
  }

  private static JwtKeys of(JWK key, Set<JWSAlgorithm> family) {
    return new JwtKeys(new ImmutableJWKSet<>(new JWKSet(key)), Set.copyOf(family), false);
  }

  /** What reads tokens with these keys. */
  static DefaultJWTProcessor<SecurityContext> processor(
      JwtKeys keys, JwtAuthenticator.Builder settings) {
    JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
    settings.issuer().ifPresent(exact::issuer);
    Set<String> audiences = settings.audiences();
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audiences.isEmpty() ? null : Set.copyOf(audiences), exact.build(), Set.of("exp"), null);
    claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(keys.algorithms, keys.source));
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }
}
