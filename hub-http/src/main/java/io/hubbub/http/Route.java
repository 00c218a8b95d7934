package io.hubbub.http;

import io.hubbub.spi.HubEndpoint;

/**
 * Where a request goes.
 *
 * @param endpoint the hub
 * @param kind which of its paths
 */
record Route(HubEndpoint endpoint, Kind kind) {
  /** The paths of a hub. */
  enum Kind {
    /** The hub's own path: all transports. */
    HUB(""),
    /** Starts connections. */
    NEGOTIATE("/negotiate"),
    /** Renews the authentication of a connection. */
    REFRESH("/refresh");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }
  }
}
