package io.hubbub.client.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a transport ended.
 *
 * @param error what went wrong; null after an orderly end
 * @param cut whether the peer vanished without a word, so that it may still hold the connection
 */
public record TransportEnd(@Nullable Throwable error, boolean cut) {
  /** Both sides know that it is over. */
  public static final TransportEnd ORDERLY = new TransportEnd(null, false);

  /** The peer said that it does not go on, and why. */
  public static TransportEnd refused(Throwable error) {
    return new TransportEnd(error, false);
  }

  /** The peer vanished. */
  public static TransportEnd cut(Throwable error) {
    return new TransportEnd(error, true);
  }
}
