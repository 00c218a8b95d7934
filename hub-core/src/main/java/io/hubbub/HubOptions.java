package io.hubbub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a hub and its connections behave. Options for all hubs are set with {@link
 * Hubs.Builder#options}; those of one mapping start as a full copy of them.
 *
 * <p>Threads: immutable; any. The builder: one at a time.
 */
public final class HubOptions {
  private final Builder values;

  private HubOptions(Builder values) {
    this.values = values;
  }

  /** Options with their defaults. */
  public static HubOptions defaults() {
    return new Builder().build();
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts as a full copy of these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** The hub protocols that clients may ask for, in lower case; empty: all that are registered. */
  public Optional<Set<String>> supportedProtocols() {
    return Optional.ofNullable(values.supportedProtocols);
  }

  /** The filters, outermost first. */
  public List<HubFilter> filters() {
    return List.copyOf(values.filters);
  }

  /**
   * How long a client may take for the handshake, from the start of the connection. Default: {@code
   * Duration.ofSeconds(15)}.
   */
  public Duration handshakeTimeout() {
    return values.handshakeTimeout;
  }

  /**
   * How often a ping is sent, whatever else is sent; checked once a second. Long polling needs
   * none. Default: {@code Duration.ofSeconds(15)}.
   */
  public Duration keepAliveInterval() {
    return values.keepAliveInterval;
  }

  /**
   * How long a client that has pinged once may then be silent; checked once a second. Default:
   * {@code Duration.ofSeconds(30)}.
   */
  public Duration clientTimeout() {
    return values.clientTimeout;
  }

  /**
   * The longest message that a client may send, in bytes, delimiter or length prefix included;
   * {@link Integer#MAX_VALUE}: no limit. Default: {@code 32 * 1024}.
   */
  public int maximumReceiveMessageSize() {
    return values.maximumReceiveMessageSize;
  }

  /**
   * Whether clients are told the class and message of any exception, not only of {@link
   * HubException}. Default: {@code false}.
   */
  public boolean detailedErrors() {
    return values.detailedErrors;
  }

  /**
   * How many items of an upload are kept before reading from the client pauses. Default: {@code
   * 10}.
   */
  public int streamBufferCapacity() {
    return values.streamBufferCapacity;
  }

  /**
   * How many calls of one connection run at the same time; calls with streams do not count.
   * Default: {@code 1}.
   */
  public int maximumParallelInvocations() {
    return values.maximumParallelInvocations;
  }

  /**
   * How many bytes are kept for a client that may come back, per connection; more makes senders'
   * messages wait in the outbound queue. Default: {@code 100_000}.
   */
  public int statefulReconnectBufferSize() {
    return values.statefulReconnectBufferSize;
  }

  /**
   * How many bytes may wait for a client that does not read, per connection, before the overflow
   * policy applies. Default: {@code 1024 * 1024}.
   */
  public int outboundLimit() {
    return values.outboundLimit;
  }

  /**
   * What happens to a connection that passes the outbound limit. Default: {@code
   * OverflowPolicy.CLOSE}.
   */
  public OverflowPolicy overflowPolicy() {
    return values.overflowPolicy;
  }

  /** How many uploads of one connection may be open at the same time. Default: {@code 100}. */
  public int maximumUploads() {
    return values.maximumUploads;
  }

  /**
   * How many result streams of one connection may be open at the same time. Default: {@code 100}.
   */
  public int maximumStreams() {
    return values.maximumStreams;
  }

  /** The transports that clients may use. Default: {@code all}. */
  public Set<TransportType> transports() {
    return values.transports;
  }

  /** The lowest negotiate version that is answered: 0 or 1. Default: {@code 0}. */
  public int minimumNegotiateVersion() {
    return values.minimumNegotiateVersion;
  }

  /**
   * Whether a client may come back to its connection after a lost WebSocket. Default: {@code
   * false}.
   */
  public boolean statefulReconnect() {
    return values.statefulReconnect;
  }

  /**
   * Whether a connection ends when the authentication it was made with expires. Default: {@code
   * false}.
   */
  public boolean closeOnAuthenticationExpiration() {
    return values.closeOnAuthenticationExpiration;
  }

  /**
   * Whether a client may renew its authentication over a request to {@code /refresh}. Default:
   * {@code false}.
   */
  public boolean authenticationRefresh() {
    return values.authenticationRefresh;
  }

  /**
   * How long a long poll waits before it is answered empty. Default: {@code
   * Duration.ofSeconds(90)}.
   */
  public Duration pollTimeout() {
    return values.pollTimeout;
  }

  /**
   * How long a connection may be without a transport: negotiated and never started, between two
   * polls, or lost and awaited back. Default: {@code Duration.ofSeconds(15)}.
   */
  public Duration disconnectTimeout() {
    return values.disconnectTimeout;
  }

  /**
   * How long one write to a client may take before its connection is closed. Default: {@code
   * Duration.ofSeconds(10)}.
   */
  public Duration sendTimeout() {
    return values.sendTimeout;
  }

  /**
   * How long a WebSocket may take to answer a close frame. Default: {@code Duration.ofSeconds(5)}.
   */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /**
   * Collects options; each method answers the builder. What a value means and what it is by
   * default, {@link HubOptions} says.
   */
  public static final class Builder {
    private @org.jspecify.annotations.Nullable Set<String> supportedProtocols;
    private final List<HubFilter> filters = new ArrayList<>();
    private Duration handshakeTimeout = Duration.ofSeconds(15);
    private Duration keepAliveInterval = Duration.ofSeconds(15);
    private Duration clientTimeout = Duration.ofSeconds(30);
    private int maximumReceiveMessageSize = 32 * 1024;
    private boolean detailedErrors = false;
    private int streamBufferCapacity = 10;
    private int maximumParallelInvocations = 1;
    private int statefulReconnectBufferSize = 100_000;
    private int outboundLimit = 1024 * 1024;
    private OverflowPolicy overflowPolicy = OverflowPolicy.CLOSE;
    private int maximumUploads = 100;
    private int maximumStreams = 100;
    private Set<TransportType> transports = Set.copyOf(EnumSet.allOf(TransportType.class));
    private int minimumNegotiateVersion = 0;
    private boolean statefulReconnect = false;
    private boolean closeOnAuthenticationExpiration = false;
    private boolean authenticationRefresh = false;
    private Duration pollTimeout = Duration.ofSeconds(90);
    private Duration disconnectTimeout = Duration.ofSeconds(15);
    private Duration sendTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);

    private Builder() {}

    private Builder(Builder other) {
      this.supportedProtocols = other.supportedProtocols;
      this.filters.addAll(other.filters);
      this.handshakeTimeout = other.handshakeTimeout;
      this.keepAliveInterval = other.keepAliveInterval;
      this.clientTimeout = other.clientTimeout;
      this.maximumReceiveMessageSize = other.maximumReceiveMessageSize;
      this.detailedErrors = other.detailedErrors;
      this.streamBufferCapacity = other.streamBufferCapacity;
      this.maximumParallelInvocations = other.maximumParallelInvocations;
      this.statefulReconnectBufferSize = other.statefulReconnectBufferSize;
      this.outboundLimit = other.outboundLimit;
      this.overflowPolicy = other.overflowPolicy;
      this.maximumUploads = other.maximumUploads;
      this.maximumStreams = other.maximumStreams;
      this.transports = other.transports;
      this.minimumNegotiateVersion = other.minimumNegotiateVersion;
      this.statefulReconnect = other.statefulReconnect;
      this.closeOnAuthenticationExpiration = other.closeOnAuthenticationExpiration;
      this.authenticationRefresh = other.authenticationRefresh;
      this.pollTimeout = other.pollTimeout;
      this.disconnectTimeout = other.disconnectTimeout;
      this.sendTimeout = other.sendTimeout;
      this.closeTimeout = other.closeTimeout;
    }

    /** Sets {@link HubOptions#supportedProtocols()}. */
    public Builder supportedProtocols(Collection<String> names) {
      Set<String> lowerCase = new java.util.LinkedHashSet<>();
      names.forEach(name -> lowerCase.add(name.toLowerCase(Locale.ROOT)));
      this.supportedProtocols = java.util.Collections.unmodifiableSet(lowerCase);
      return this;
    }

    /** Adds a filter inside those added before. */
    public Builder filter(HubFilter filter) {
      filters.add(filter);
      return this;
    }

    /** Sets {@link HubOptions#handshakeTimeout()}. */
    public Builder handshakeTimeout(Duration value) {
      this.handshakeTimeout = positive("handshakeTimeout", value);
      return this;
    }

    /** Sets {@link HubOptions#keepAliveInterval()}. */
    public Builder keepAliveInterval(Duration value) {
      this.keepAliveInterval = positive("keepAliveInterval", value);
      return this;
    }

    /** Sets {@link HubOptions#clientTimeout()}. */
    public Builder clientTimeout(Duration value) {
      this.clientTimeout = positive("clientTimeout", value);
      return this;
    }

    /** Sets {@link HubOptions#maximumReceiveMessageSize()}. */
    public Builder maximumReceiveMessageSize(int value) {
      this.maximumReceiveMessageSize = atLeastOne("maximumReceiveMessageSize", value);
      return this;
    }

    /** Sets {@link HubOptions#detailedErrors()}. */
    public Builder detailedErrors(boolean value) {
      this.detailedErrors = value;
      return this;
    }

    /** Sets {@link HubOptions#streamBufferCapacity()}. */
    public Builder streamBufferCapacity(int value) {
      this.streamBufferCapacity = atLeastOne("streamBufferCapacity", value);
      return this;
    }

    /** Sets {@link HubOptions#maximumParallelInvocations()}. */
    public Builder maximumParallelInvocations(int value) {
      this.maximumParallelInvocations = atLeastOne("maximumParallelInvocations", value);
      return this;
    }

    /** Sets {@link HubOptions#statefulReconnectBufferSize()}. */
    public Builder statefulReconnectBufferSize(int value) {
      this.statefulReconnectBufferSize = atLeastOne("statefulReconnectBufferSize", value);
      return this;
    }

    /** Sets {@link HubOptions#outboundLimit()}. */
    public Builder outboundLimit(int value) {
      this.outboundLimit = atLeastOne("outboundLimit", value);
      return this;
    }

    /** Sets {@link HubOptions#overflowPolicy()}. */
    public Builder overflowPolicy(OverflowPolicy value) {
      this.overflowPolicy = value;
      return this;
    }

    /** Sets {@link HubOptions#maximumUploads()}. */
    public Builder maximumUploads(int value) {
      this.maximumUploads = atLeastOne("maximumUploads", value);
      return this;
    }

    /** Sets {@link HubOptions#maximumStreams()}. */
    public Builder maximumStreams(int value) {
      this.maximumStreams = atLeastOne("maximumStreams", value);
      return this;
    }

    /** Sets {@link HubOptions#transports()}. */
    public Builder transports(Collection<TransportType> value) {
      this.transports = Set.copyOf(value);
      return this;
    }

    /** Sets {@link HubOptions#minimumNegotiateVersion()}. */
    public Builder minimumNegotiateVersion(int value) {
      this.minimumNegotiateVersion = value;
      return this;
    }

    /** Sets {@link HubOptions#statefulReconnect()}. */
    public Builder statefulReconnect(boolean value) {
      this.statefulReconnect = value;
      return this;
    }

    /** Sets {@link HubOptions#closeOnAuthenticationExpiration()}. */
    public Builder closeOnAuthenticationExpiration(boolean value) {
      this.closeOnAuthenticationExpiration = value;
      return this;
    }

    /** Sets {@link HubOptions#authenticationRefresh()}. */
    public Builder authenticationRefresh(boolean value) {
      this.authenticationRefresh = value;
      return this;
    }

    /** Sets {@link HubOptions#pollTimeout()}. */
    public Builder pollTimeout(Duration value) {
      this.pollTimeout = positive("pollTimeout", value);
      return this;
    }

    /** Sets {@link HubOptions#disconnectTimeout()}. */
    public Builder disconnectTimeout(Duration value) {
      this.disconnectTimeout = positive("disconnectTimeout", value);
      return this;
    }

    /** Sets {@link HubOptions#sendTimeout()}. */
    public Builder sendTimeout(Duration value) {
      this.sendTimeout = positive("sendTimeout", value);
      return this;
    }

    /** Sets {@link HubOptions#closeTimeout()}. */
    public Builder closeTimeout(Duration value) {
      this.closeTimeout = positive("closeTimeout", value);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public HubOptions build() {
      Set<String> protocols = supportedProtocols;
      if (protocols != null && protocols.isEmpty()) {
        throw new IllegalArgumentException("There are no supported protocols");
      }
      return new HubOptions(new Builder(this));
    }

    private static Duration positive(String name, Duration value) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException(
            "Expected " + name + " to be longer than zero, but was " + value);
      }
      return value;
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "Expected " + name + " to be at least 1, but was " + value);
      }
      return value;
    }
  }
}
