package io.hubbub.http.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.hubbub.http.AccessToken;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.TokenAuthenticator;
import io.hubbub.spi.Identity;
import java.net.URI;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks JSON Web Tokens: the signature against one kind of key, the times, and, where
 * they are set, issuer and audience. A token must say when it expires.
 *
 * <pre>{@code
 * JwtAuthenticator.builder()
 *     .keySet(URI.create("https://login.example/.well-known/jwks.json"))
 *     .issuer("https://login.example/")
 *     .audience("chat")
 *     .build();
 * }</pre>
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class JwtAuthenticator implements TokenAuthenticator {
  private final DefaultJWTProcessor<SecurityContext> processor;
  private final JwtIdentities identities;
  private final Function<HttpExchange, Optional<String>> tokens;
  private final Optional<Executor> executor;

  private JwtAuthenticator(Builder builder, JwtKeys keys) {
    this.processor = JwtKeys.processor(keys, builder);
    this.identities = new JwtIdentities(builder.nameClaim, List.copyOf(builder.roleClaims));
    this.tokens = builder.tokens;
    this.executor = keys.needNetwork() ? Optional.of(builder.executor) : Optional.empty();
  }

  /** Starts to say which tokens are accepted. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public CompletionStage<Identity> authenticate(HttpExchange exchange) {
    Optional<String> token = tokens.apply(exchange);
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(Identity.ANONYMOUS);
    }
    if (executor.isPresent()) {
      return CompletableFuture.supplyAsync(() -> read(token.get()), executor.get());
    }
    try {
      return CompletableFuture.completedFuture(read(token.get()));
    } catch (CompletionException wrong) {
      return CompletableFuture.failedFuture(wrong.getCause());
    }
  }

  private Identity read(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      return identities.of(claims);
    } catch (ParseException | BadJOSEException | JOSEException wrong) {
      throw new CompletionException(wrong);
    }
  }

  /** Collects what tokens must be like; each method answers the builder. */
  public static final class Builder {
    private final Set<String> audiences = new HashSet<>();
    private final List<String> roleClaims = new ArrayList<>(List.of("role", "roles"));
    private @Nullable JwtKeys keys;
    private @Nullable String issuer;
    private Duration clockSkew = Duration.ofSeconds(60);
    private String nameClaim = "sub";
    private Function<HttpExchange, Optional<String>> tokens = AccessToken::of;
    private Executor executor = ForkJoinPool.commonPool();

    private Builder() {}

    /**
     * Accepts tokens signed with a shared secret: HS256, and HS384 and HS512 if it is long enough.
     *
     * @param secret at least 32 bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public Builder hmacSecret(byte[] secret) {
      return keys(JwtKeys.secret(secret));
    }

    /**
     * Accepts tokens signed with the private key to this one.
     *
     * @param key of RSA (2048 bits at least) or of an elliptic curve (P-256, P-384, P-521)
     * @throws IllegalArgumentException if it is of another kind or too short
     */
    public Builder publicKey(PublicKey key) {
      return keys(JwtKeys.publicKey(key));
    }

    /**
     * Accepts tokens signed with the keys that an address publishes. They are fetched when they are
     * needed, kept, and fetched again when a token names one that is not among them, with limits on
     * how often. An attempt may take 3 s to connect and 3 s to read; there are two.
     *
     * @param address of a JSON Web Key Set; http or https
     */
    public Builder keySet(URI address) {
      return keys(JwtKeys.published(address));
    }

    private Builder keys(JwtKeys chosen) {
      if (keys != null) {
        throw new IllegalArgumentException(
            "Expected one of hmacSecret, publicKey and keySet, but found a second one; several keys"
                + " go into one key set");
      }
      keys = chosen;
      return this;
    }

    /** The issuer that tokens must name. Default: any. */
    public Builder issuer(String name) {
      this.issuer = name;
      return this;
    }

    /** An audience; tokens must name one of those that are added. Default: any. */
    public Builder audience(String name) {
      this.audiences.add(name);
      return this;
    }

    /** How far clocks may differ. Default: {@code Duration.ofSeconds(60)}. */
    public Builder clockSkew(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException(
            "Expected clockSkew not to be negative, but was " + value);
      }
      this.clockSkew = value;
      return this;
    }

    /** The claim that is the user's name and so the user's id. Default: {@code sub}. */
    public Builder nameClaim(String name) {
      this.nameClaim = name;
      return this;
    }

    /**
     * The claims that hold the user's roles, one as a text or several as a list. Default: {@code
     * role} and {@code roles}.
     */
    public Builder roleClaims(List<String> names) {
      this.roleClaims.clear();
      this.roleClaims.addAll(names);
      return this;
    }

    /** Where requests have their token. Default: {@link AccessToken#of}. */
    public Builder tokens(Function<HttpExchange, Optional<String>> source) {
      this.tokens = source;
      return this;
    }

    /** Runs what may wait for the network: key sets. Default: the common pool. */
    public Builder executor(Executor value) {
      this.executor = value;
      return this;
    }

    /**
     * The authenticator.
     *
     * @throws IllegalArgumentException if there is no key
     */
    public JwtAuthenticator build() {
      JwtKeys chosen = keys;
      if (chosen == null) {
        throw new IllegalArgumentException(
            "Expected a key to check tokens with: hmacSecret, publicKey or keySet");
      }
      return new JwtAuthenticator(this, chosen);
    }

    Optional<String> issuer() {
      return Optional.ofNullable(issuer);
    }

    Set<String> audiences() {
      return audiences;
    }

    Duration clockSkew() {
      return clockSkew;
    }
  }
}
