package io.hubbub.interop.server;

/**
 * A server that listens.
 *
 * <p>Threads: any.
 */
public interface RunningServer extends AutoCloseable {
  /** The port it listens on, at 127.0.0.1. */
  int port();

  /** Ends it; idempotent. */
  @Override
  void close();
}
