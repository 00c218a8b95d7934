package io.hubbub.client.internal;

import io.hubbub.client.RetryPolicy;
import io.hubbub.client.internal.transport.HttpSettings;
import io.hubbub.client.internal.transport.TransportChoice;
import io.hubbub.protocol.HubProtocol;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was chosen for a connection.
 *
 * @param http how requests are made
 * @param transports which transports may be used
 * @param protocol how messages are written
 * @param times how long things may take
 * @param limits how much is kept waiting
 * @param retries when to reconnect; null for never
 * @param callbacks runs the application's code
 */
public record ConnectionSettings(
    HttpSettings http,
    TransportChoice transports,
    HubProtocol protocol,
    Times times,
    Limits limits,
    @Nullable RetryPolicy retries,
    Executor callbacks) {

  /**
   * How long things may take.
   *
   * @param handshake until the server has answered the handshake
   * @param keepAlive a ping goes out when nothing else did for so long
   * @param serverTimeout the connection is given up when nothing came for so long
   */
  public record Times(Duration handshake, Duration keepAlive, Duration serverTimeout) {}

  /**
   * How much is kept waiting.
   *
   * @param messageBytes the longest message accepted from the server
   * @param sendBytes what may wait to be sent
   * @param replayBytes what stateful reconnect keeps until the server has acknowledged it
   * @param streamItems items of one stream that its subscriber has not asked for
   * @param queuedCalls calls of the server that wait for the handlers before them
   */
  public record Limits(
      int messageBytes, int sendBytes, int replayBytes, int streamItems, int queuedCalls) {}
}
