package io.hubbub.interop.server;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The servlet containers that we run in, each embedded the shortest way.
 *
 * <p>Threads: any.
 */
public enum Container {
  /** Tomcat 11, Jakarta EE 11. */
  TOMCAT(EmbeddedTomcat::start),
  /** Jetty 12.1, Jakarta EE 11. */
  JETTY(EmbeddedJetty::start),
  /** Undertow 2.3, Jakarta EE 10. */
  UNDERTOW(EmbeddedUndertow::start);

  private final Starter starter;

  Container(Starter starter) {
    this.starter = starter;
  }

  /**
   * Starts a container with one application at its root.
   *
   * @param port 0: any that is free
   * @param application called while the application starts
   * @throws IllegalStateException if it does not start
   */
  public RunningServer start(int port, Consumer<ServletContext> application) {
    try {
      return starter.start(port, application);
    } catch (Exception e) {
      throw new IllegalStateException("Expected " + this + " to start on port " + port, e);
    }
  }

  /** The container of a name as the scripts write it. */
  public static Container named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** How one container starts. */
  @FunctionalInterface
  private interface Starter {
    RunningServer start(int port, Consumer<ServletContext> application) throws Exception;
  }
}
