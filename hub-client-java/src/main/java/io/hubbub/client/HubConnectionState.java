package io.hubbub.client;

/** Where a {@link HubConnection} stands. */
public enum HubConnectionState {
  /** Not connected; {@link HubConnection#start} is possible. */
  DISCONNECTED,
  /** A start is under way. */
  CONNECTING,
  /** Calls go both ways. */
  CONNECTED,
  /** The connection was lost and automatic reconnect is at work. Calls fail meanwhile. */
  RECONNECTING,
  /** A stop is under way. */
  DISCONNECTING
}
