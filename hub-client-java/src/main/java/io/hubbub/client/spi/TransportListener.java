package io.hubbub.client.spi;

import java.nio.ByteBuffer;

/**
 * What a {@link Transport} tells.
 *
 * <p>Threads: one call at a time; {@link #onClosed} is the last. Neither blocks.
 */
public interface TransportListener {
  /**
   * Bytes came.
   *
   * @param bytes the transport's again after the call
   */
  void onBytes(ByteBuffer bytes);

  /** The transport has ended, whoever ended it. Called once. */
  void onClosed(TransportEnd end);
}
