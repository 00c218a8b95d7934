package io.hubbub.spi;

import io.hubbub.ConnectionRequest;
import io.hubbub.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one client, as a transport offers them to a hub. What the hub wants to send it keeps
 * itself: the transport is told that something waits and takes it when it can write, so that
 * everything queued meanwhile leaves in one write.
 *
 * <p>Threads: every method may be called from any thread and returns without waiting for the
 * network.
 */
public interface TransportConnection {
  /** The connection's public id. */
  String connectionId();

  /** The request that made the connection, as it was then. */
  ConnectionRequest request();

  /** Who made the latest request that may say so. */
  Identity identity();

  /** Whether the transport can carry messages of a format. */
  boolean supports(TransferFormat format);

  /**
   * Tells the format of everything that follows; text until then. Called once, before the
   * handshake's answer is queued.
   */
  void useFormat(TransferFormat format);

  /**
   * Whether the transport itself shows that the client is alive, as polls do; the hub sends no
   * pings then.
   */
  boolean hasInherentKeepAlive();

  /** Whether the client has negotiated that it may come back after a lost socket. */
  boolean isStatefulReconnectNegotiated();

  /** The client may not come back any more: it or the server ends the connection on purpose. */
  void disableStatefulReconnect();

  /**
   * Something waits in {@link ConnectionReceiver#poll}. Called at least once after the queue was
   * empty; the transport polls on a thread of its choice, one at a time, until it is empty.
   */
  void outboundReady();

  /**
   * Ends the connection at once, without sending what is queued. {@link
   * ConnectionReceiver#onClosed} follows.
   *
   * @param cause why; null when nothing was wrong
   */
  void abort(@Nullable Throwable cause);
}
