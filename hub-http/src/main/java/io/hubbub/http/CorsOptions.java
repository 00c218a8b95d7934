package io.hubbub.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages of other origins may use the hubs, in browsers.
 *
 * <p>Threads: immutable; any. The builder: one at a time.
 */
public final class CorsOptions {
  private final Set<String> origins;
  private final boolean anyOrigin;
  private final boolean credentials;
  private final Optional<Duration> maxAge;

  private CorsOptions(Builder builder) {
    this.origins = Set.copyOf(builder.origins);
    this.anyOrigin = builder.anyOrigin;
    this.credentials = builder.credentials;
    this.maxAge = builder.maxAge;
  }

  /** A builder that allows nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether pages of an origin may use the hubs. */
  boolean allows(String origin) {
    return anyOrigin || origins.contains(Origins.normalized(origin));
  }

  boolean anyOrigin() {
    return anyOrigin;
  }

  boolean credentials() {
    return credentials;
  }

  /** Whether another origin would be answered other headers; with one origin nobody else is. */
  boolean answerDependsOnOrigin() {
    return origins.size() > 1;
  }

  Optional<Duration> maxAge() {
    return maxAge;
  }

  /** Collects what is allowed; each method answers the builder. */
  public static final class Builder {
    private final Set<String> origins = new LinkedHashSet<>();
    private boolean anyOrigin;
    private boolean credentials;
    private Optional<Duration> maxAge = Optional.empty();

    private Builder() {}

    /**
     * Allows one origin.
     *
     * @param origin scheme, host and, if it is not the scheme's, port: {@code https://app.example}
     * @throws IllegalArgumentException if it is no origin
     */
    public Builder allowOrigin(String origin) {
      origins.add(Origins.parse(origin));
      return this;
    }

    /** Allows every origin; not together with {@link #allowCredentials()}. */
    public Builder allowAnyOrigin() {
      anyOrigin = true;
      return this;
    }

    /**
     * Lets pages send cookies and other credentials. The JavaScript client does so unless told
     * otherwise, so it needs this.
     */
    public Builder allowCredentials() {
      credentials = true;
      return this;
    }

    /** How long a browser may remember the answer to a preflight. Default: its own. */
    public Builder maxAge(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("Expected maxAge not to be negative, but was " + value);
      }
      maxAge = Optional.of(value);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if browsers would refuse them
     */
    public CorsOptions build() {
      if (anyOrigin && credentials) {
        throw new IllegalArgumentException(
            "Any origin and credentials exclude each other: every page of the web could act as its"
                + " visitor. Name the origins with allowOrigin, or leave allowCredentials out and"
                + " set withCredentials to false in the JavaScript client");
      }
      if (anyOrigin && !origins.isEmpty()) {
        throw new IllegalArgumentException(
            "Expected either allowAnyOrigin or allowOrigin, but found both: " + origins);
      }
      if (!anyOrigin && origins.isEmpty()) {
        throw new IllegalArgumentException(
            "Expected at least one origin; add it with allowOrigin, or leave CORS out");
      }
      return new CorsOptions(this);
    }
  }
}
