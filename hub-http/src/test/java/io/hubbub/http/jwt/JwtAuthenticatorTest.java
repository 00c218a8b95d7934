package io.hubbub.http.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.hubbub.ConnectionRequest;
import io.hubbub.http.HttpExchange;
import io.hubbub.spi.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {
  private static final byte[] SECRET =
      "a secret of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8);
  private static final Instant SOON =
      Instant.now().plus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);

  private final JwtAuthenticator bySecret = JwtAuthenticator.builder().hmacSecret(SECRET).build();

  @Test
  void goodTokenNamesTheUserAndWhenItEnds() throws Exception {
    JWTClaimsSet claims =
        claims().claim("role", "admin").claim("roles", List.of("author", "editor")).build();

    Identity ann = authenticate(bySecret, signed(claims));

    assertThat(ann.name()).hasValue("ann");
    assertThat(ann.expiresAt()).hasValue(SOON);
    assertThat(ann.hasRole("admin")).isTrue();
    assertThat(ann.hasRole("editor")).isTrue();
    assertThat(ann.hasRole("owner")).isFalse();
    assertThat(ann.claims()).containsEntry("role", "admin");
  }

  @Test
  void requestWithoutTokenIsNobodys() throws Exception {
    assertThat(authenticate(bySecret, null).isAuthenticated()).isFalse();
  }

  @Test
  void tokenOfAnotherSecretIsRefused() throws Exception {
    JWSSigner other = new MACSigner("another secret of thirty-two bytes or more");

    assertRefused(bySecret, signed(JWSAlgorithm.HS256, other, claims().build()));
  }

  @Test
  void garbageIsRefused() {
    assertRefused(bySecret, "no.token.atall");
    assertRefused(bySecret, "x");
  }

  @Test
  void unsignedTokenIsRefused() {
    assertRefused(bySecret, new PlainJWT(claims().build()).serialize());
  }

  @Test
  void timesAreChecked() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(90));
    Date future = Date.from(Instant.now().plusSeconds(90));

    assertRefused(bySecret, signed(claims().expirationTime(past).build()));
    assertRefused(bySecret, signed(claims().expirationTime(null).build()));
    assertRefused(bySecret, signed(claims().notBeforeTime(future).build()));
  }

  @Test
  void clocksMayDiffer() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(30));
    JwtAuthenticator exact =
        JwtAuthenticator.builder().hmacSecret(SECRET).clockSkew(Duration.ZERO).build();

    String token = signed(claims().expirationTime(past).build());

    assertThat(authenticate(bySecret, token).name()).hasValue("ann");
    assertRefused(exact, token);
  }

  @Test
  void issuerAndAudienceAreChecked() throws Exception {
    JwtAuthenticator strict =
        JwtAuthenticator.builder()
            .hmacSecret(SECRET)
            .issuer("https://login.example/")
            .audience("chat")
            .audience("news")
            .build();
    JWTClaimsSet.Builder good = claims().issuer("https://login.example/").audience("news");

    assertThat(authenticate(strict, signed(good.build())).name()).hasValue("ann");
    assertRefused(strict, signed(claims().issuer("https://login.example/").build()));
    assertRefused(strict, signed(claims().audience("chat").issuer("https://evil/").build()));
    assertRefused(strict, signed(good.audience("other").build()));
  }

  @Test
  void userMustBeNamed() throws Exception {
    JwtAuthenticator byMail =
        JwtAuthenticator.builder().hmacSecret(SECRET).nameClaim("email").build();

    assertRefused(byMail, signed(claims().build()));
    assertThat(authenticate(byMail, signed(claims().claim("email", "a@b").build())).name())
        .hasValue("a@b");
    assertRefused(bySecret, signed(claims().subject(null).build()));
  }

  @Test
  void typesOfOtherTokensAreRefused() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("logout+jwt")).build();
    SignedJWT jwt = new SignedJWT(header, claims().build());
    jwt.sign(new MACSigner(SECRET));

    assertRefused(bySecret, jwt.serialize());
  }

  @Test
  void publicKeysAreRsaOrElliptic() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    ECKey ec = new ECKeyGenerator(Curve.P_256).generate();
    JwtAuthenticator byRsa = JwtAuthenticator.builder().publicKey(rsa.toRSAPublicKey()).build();
    JwtAuthenticator byCurve = JwtAuthenticator.builder().publicKey(ec.toECPublicKey()).build();
    String rsaToken = signed(JWSAlgorithm.RS256, new RSASSASigner(rsa), claims().build());
    String ecToken = signed(JWSAlgorithm.ES256, new ECDSASigner(ec), claims().build());

    assertThat(authenticate(byRsa, rsaToken).name()).hasValue("ann");
    assertThat(authenticate(byCurve, ecToken).name()).hasValue("ann");
    assertRefused(byRsa, ecToken);
    assertRefused(byCurve, rsaToken);
  }

  @Test
  void publicKeyIsNoSecret() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    JwtAuthenticator byRsa = JwtAuthenticator.builder().publicKey(rsa.toRSAPublicKey()).build();
    JWSSigner forger = new MACSigner(rsa.toRSAPublicKey().getEncoded());

    assertRefused(byRsa, signed(JWSAlgorithm.HS256, forger, claims().build()));
  }

  @Test
  void keysAreFetchedFromAnAddressThatTakesItsTime() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
    HttpServer server = serveSlowly(new JWKSet(key).toString());
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
      JwtAuthenticator byKeySet = JwtAuthenticator.builder().keySet(address).build();
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
      SignedJWT jwt = new SignedJWT(header, claims().build());
      jwt.sign(new RSASSASigner(key));

      assertThat(authenticate(byKeySet, jwt.serialize()).name()).hasValue("ann");
      assertRefused(byKeySet, signed(claims().build()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void weakOrMissingKeysAreRefusedAtOnce() throws Exception {
    KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
    small.initialize(1024);
    KeyPairGenerator other = KeyPairGenerator.getInstance("Ed25519");

    assertThatThrownBy(() -> JwtAuthenticator.builder().hmacSecret(new byte[31]))
        .hasMessageContaining("at least 32 bytes");
    assertThatThrownBy(
            () -> JwtAuthenticator.builder().publicKey(small.generateKeyPair().getPublic()))
        .hasMessageContaining("2048");
    assertThatThrownBy(
            () -> JwtAuthenticator.builder().publicKey(other.generateKeyPair().getPublic()))
        .hasMessageContaining("elliptic curve");
    assertThatThrownBy(() -> JwtAuthenticator.builder().keySet(URI.create("nowhere")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JwtAuthenticator.builder().build()).hasMessageContaining("a key");
    assertThatThrownBy(() -> JwtAuthenticator.builder().hmacSecret(SECRET).hmacSecret(SECRET))
        .hasMessageContaining("second");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("ann").expirationTime(Date.from(SOON));
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.HS256, new MACSigner(SECRET), claims);
  }

  private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static Identity authenticate(JwtAuthenticator authenticator, String token)
      throws Exception {
    HttpExchange exchange = mock();
    ConnectionRequest request = mock();
    when(exchange.request()).thenReturn(request);
    when(exchange.method()).thenReturn("POST");
    when(request.header("Authorization"))
        .thenReturn(Optional.ofNullable(token).map(text -> "Bearer " + text));
    return authenticator.authenticate(exchange).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void assertRefused(JwtAuthenticator authenticator, String token) {
    assertThatThrownBy(() -> authenticate(authenticator, token))
        .isInstanceOf(ExecutionException.class);
  }

  private static HttpServer serveSlowly(String document) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/keys",
        exchange -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
