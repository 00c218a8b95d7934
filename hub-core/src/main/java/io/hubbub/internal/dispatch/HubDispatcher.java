package io.hubbub.internal.dispatch;

/**
 * Calls the methods of one mapped hub; its tables and chains are built once.
 *
 * <p>Threads: immutable; any.
 */
public interface HubDispatcher {
  /** The calls of a new connection. */
  HubCalls open(CallerConnection connection);
}
