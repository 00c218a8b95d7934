package io.hubbub.transport.netty;

import io.hubbub.Hubs;
import io.hubbub.http.CorsOptions;
import io.hubbub.http.HubHttp;
import io.hubbub.http.TokenAuthenticator;
import io.hubbub.spi.BurstExecutor;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A stand-alone server for the hubs of an application: HTTP/1.1, WebSockets, Server-Sent Events,
 * long polling, TLS and static files.
 *
 * <pre>{@code
 * try (var server = NettyHubServer.builder(hubs).port(8080).start()) { ... }
 * }</pre>
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class NettyHubServer implements AutoCloseable {
  private final HubHttp http;
  private final Listener listener;

  private NettyHubServer(HubHttp http, Listener listener) {
    this.http = http;
    this.listener = listener;
  }

  /** Begins a server for hubs; it closes the hubs with itself only in {@link #shutdown}. */
  public static Builder builder(Hubs hubs) {
    return new Builder(hubs);
  }

  /**
   * The TCP port that the server listens on.
   *
   * @throws IllegalStateException if it listens on a Unix domain socket
   */
  public int port() {
    if (listener.address() instanceof InetSocketAddress address) {
      return address.getPort();
    }
    throw new IllegalStateException("Expected a TCP port, but the server listens on a Unix socket");
  }

  /**
   * Ends in order: accepts nothing new, ends the hubs by {@link Hubs#shutdown}, then stops.
   *
   * @param limit how long connections may take to end; what is left then is cut
   * @return done when the server has stopped; never fails
   */
  public CompletionStage<Void> shutdown(Duration limit) {
    listener.stopAccepting();
    return http.shutdown(limit).thenCompose(ended -> listener.stop());
  }

  /** Ends all connections at once and waits until the server has stopped; idempotent. */
  @Override
  public void close() {
    listener.stopAccepting();
    http.close();
    listener.stop().toCompletableFuture().join();
  }

  /** Collects settings; each method answers the builder. */
  public static final class Builder {
    private final Hubs hubs;
    private final HubHttp.Builder http;
    private final List<StaticSource> files = new ArrayList<>();
    private String host = "0.0.0.0";
    private int port = 8080;
    private @Nullable Path unixSocket;
    private @Nullable SslContext tls;
    private Forwarding forwarding = Forwarding.NONE;
    private IoTransport transport = IoTransport.AUTOMATIC;
    private int eventLoops = Runtime.getRuntime().availableProcessors();
    private HttpLimits limits = HttpLimits.DEFAULT;

    private Builder(Hubs hubs) {
      this.hubs = hubs;
      this.http = HubHttp.builder(hubs);
    }

    /** The address to listen on. Default: all of the machine's, {@code "0.0.0.0"}. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /**
     * The TCP port to listen on; 0 takes a free one. Default: {@code 8080}.
     *
     * @throws IllegalArgumentException if it is no port
     */
    public Builder port(int value) {
      if (value < 0 || value > 65535) {
        throw new IllegalArgumentException("Expected a port from 0 to 65535, but found " + value);
      }
      port = value;
      return this;
    }

    /** Listens on a Unix domain socket in place of a TCP port. */
    public Builder unixSocket(Path path) {
      unixSocket = path;
      return this;
    }

    /** Allows pages of other origins, in browsers. None by default. */
    public Builder cors(Consumer<CorsOptions.Builder> cors) {
      http.cors(cors);
      return this;
    }

    /** Finds out who makes a request. By default everybody is anonymous. */
    public Builder authenticator(TokenAuthenticator authenticator) {
      http.authenticator(authenticator);
      return this;
    }

    /** Changes what else can be set for the HTTP side of hubs. */
    public Builder http(Consumer<HubHttp.Builder> settings) {
      settings.accept(http);
      return this;
    }

    /** Speaks TLS, as a context of Netty says. Offer HTTP/1.1 only in ALPN. */
    public Builder tls(SslContext context) {
      tls = context;
      return this;
    }

    /**
     * Speaks TLS.
     *
     * @param certificates a chain of X.509 certificates in PEM format, the server's first
     * @param key its private key, PKCS#8 in PEM format, without a password
     * @throws IllegalArgumentException if they cannot be read
     */
    public Builder tls(Path certificates, Path key) {
      try {
        tls = SslContextBuilder.forServer(certificates.toFile(), key.toFile()).build();
      } catch (SSLException | IllegalArgumentException unreadable) {
        throw new IllegalArgumentException(
            "Expected a certificate chain in " + certificates + " and its key in " + key,
            unreadable);
      }
      return this;
    }

    /** Serves the files of a directory where no hub is, but none whose name begins with a dot. */
    public Builder staticFiles(Path directory) {
      files.add(new DirectorySource(directory));
      return this;
    }

    /**
     * Serves resources of the class path where no hub is.
     *
     * @param loader finds them
     * @param directory where they are, as in {@code "web"}; not empty
     * @throws IllegalArgumentException if the directory is empty: classes would be served
     */
    public Builder staticResources(ClassLoader loader, String directory) {
      files.add(new ResourceSource(loader, directory));
      return this;
    }

    /**
     * Believes proxies that say by {@code X-Forwarded-For} and {@code X-Forwarded-Proto} who their
     * client is; over a Unix domain socket everybody is one then. None by default.
     *
     * @param trustedProxies addresses, or networks like {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is neither
     */
    public Builder forwardedHeaders(String... trustedProxies) {
      forwarding = Forwarding.from(trustedProxies);
      return this;
    }

    /** By which means sockets are read and written. Default: {@link IoTransport#AUTOMATIC}. */
    public Builder transport(IoTransport value) {
      transport = value;
      return this;
    }

    /** How many threads read and write sockets. Default: one per processor. */
    public Builder eventLoops(int value) {
      eventLoops = Checks.positive("eventLoops", value);
      return this;
    }

    /** How many sockets may be open, WebSockets included; more are refused. Default: no limit. */
    public Builder maxConnections(int value) {
      limits = limits.withMaxConnections(Checks.positive("maxConnections", value));
      return this;
    }

    /**
     * How long a request's first line and all its headers may be, in bytes. Defaults: {@code 8192},
     * {@code 32768}. More are answered 414 and 431.
     */
    public Builder maxRequestHead(int lineBytes, int headerBytes) {
      limits =
          limits.withHead(
              Checks.positive("lineBytes", lineBytes), Checks.positive("headerBytes", headerBytes));
      return this;
    }

    /**
     * How long clients may take; slower ones are cut, within a second. They do not apply to
     * WebSockets, whose hubs have their own.
     *
     * @param head for a connection's first request line and headers. Default: 30 s
     * @param idle from an answer to the next request's headers. Default: 130 s
     * @param transfer for each piece of a body, either way. Default: 30 s
     */
    public Builder requestTimeouts(Duration head, Duration idle, Duration transfer) {
      limits =
          limits.withTimeouts(
              Checks.positive("head", head),
              Checks.positive("idle", idle),
              Checks.positive("transfer", transfer));
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the address cannot be listened on, or this machine does not
     *     offer the chosen {@link #transport}
     * @throws IllegalArgumentException if settings contradict each other
     */
    public NettyHubServer start() {
      HubHttp hubHttp = http.build();
      List<Site> sites = new ArrayList<>();
      sites.add(hubHttp::handle);
      if (!files.isEmpty()) {
        sites.add(new StaticSite(files, hubs.executor()));
      }
      Sockets sockets = Sockets.of(transport);
      Path socket = unixSocket;
      SocketAddress address =
          socket == null ? new InetSocketAddress(host, port) : sockets.unixAddress().apply(socket);
      Listener listener =
          Listener.start(
              sockets,
              address,
              eventLoops,
              new ListenerSettings(bursts(hubs.executor()), sites, limits, forwarding, tls));
      return new NettyHubServer(hubHttp, listener);
    }

    private static BurstExecutor bursts(Executor executor) {
      return executor instanceof BurstExecutor bursts ? bursts : new YieldingExecutor(executor);
    }
  }
}
