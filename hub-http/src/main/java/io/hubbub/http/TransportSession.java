package io.hubbub.http;

import io.hubbub.TransportType;

/**
 * How one connection travels: the state machine of its transport. Made by the connection's first
 * GET.
 *
 * <p>Threads: any; decides under a lock of its own and acts outside it.
 */
interface TransportSession {
  TransportType type();

  /** Another GET for the connection, the first one included. Answers it, now or later. */
  void attach(HubRequest request);

  /** The hub has something to send, or has ended. */
  void outboundReady();

  /** A second has passed. */
  void tick(long now);

  /** Ends the transport at once. The connection has been disposed of. */
  void abort();
}
