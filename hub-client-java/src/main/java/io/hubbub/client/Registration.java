package io.hubbub.client;

/**
 * Something that was registered with a {@link HubConnection}.
 *
 * <p>Threads: any.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Takes it back. A call that is running already is not stopped. */
  @Override
  void close();
}
