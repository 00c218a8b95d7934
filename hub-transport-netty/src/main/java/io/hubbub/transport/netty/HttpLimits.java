package io.hubbub.transport.netty;

import java.time.Duration;

/**
 * What a client may ask of the HTTP side of the server.
 *
 * <p>Threads: immutable; any.
 *
 * @param maxConnections sockets open at a time, WebSockets included
 * @param maxRequestLine length of a request's first line, in bytes
 * @param maxHeaderBytes length of all its headers, in bytes
 * @param headTimeout how long a request line and headers may take
 * @param idleTimeout how long a connection may wait for its next request
 * @param transferTimeout how long a body may not move on, in either direction
 */
record HttpLimits(
    int maxConnections,
    int maxRequestLine,
    int maxHeaderBytes,
    Duration headTimeout,
    Duration idleTimeout,
    Duration transferTimeout) {
  static final HttpLimits DEFAULT =
      new HttpLimits(
          Integer.MAX_VALUE,
          8 * 1024,
          32 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(130),
          Duration.ofSeconds(30));

  HttpLimits withMaxConnections(int value) {
    return new HttpLimits(
        value, maxRequestLine, maxHeaderBytes, headTimeout, idleTimeout, transferTimeout);
  }

  HttpLimits withHead(int requestLine, int headerBytes) {
    return new HttpLimits(
        maxConnections, requestLine, headerBytes, headTimeout, idleTimeout, transferTimeout);
  }

  HttpLimits withTimeouts(Duration head, Duration idle, Duration transfer) {
    return new HttpLimits(maxConnections, maxRequestLine, maxHeaderBytes, head, idle, transfer);
  }
}
