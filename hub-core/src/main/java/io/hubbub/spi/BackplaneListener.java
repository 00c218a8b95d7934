package io.hubbub.spi;

import org.jspecify.annotations.Nullable;

/** Gets what comes over a {@link Backplane}. Threads: the backplane's own; must return soon. */
public interface BackplaneListener {
  /**
   * A message has come.
   *
   * @param channel as subscribed
   * @param message not to be changed
   */
  void onMessage(String channel, byte[] message);

  /** Messages do not pass any more. */
  void onConnectionLost(@Nullable Throwable cause);

  /** Messages pass again and all subscriptions are confirmed. */
  void onConnectionRestored();
}
