package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import io.hubbub.spi.Identity;
import java.util.concurrent.CompletionStage;

/**
 * One HTTP request and its answer, as an adapter offers them. Exactly one of {@link #respond},
 * {@link #stream} and {@link #upgrade} is called, once, now or later.
 *
 * <p>Threads: any, one at a time; no method waits for the network.
 */
public interface HttpExchange {
  /** The method, in upper case. */
  String method();

  /** Path, query, headers and peer; stays valid after the exchange. */
  ConnectionRequest request();

  /** The scheme by which the client came, {@code http} or {@code https}, for origin checks. */
  String scheme();

  /**
   * Whom the container has authenticated; {@link Identity#ANONYMOUS} when nobody or when it does
   * not do that.
   */
  Identity identity();

  /** Whether the request asks to become a WebSocket and this adapter can do it. */
  boolean isWebSocketUpgrade();

  /**
   * Reads the body.
   *
   * @param reader gets it, piece by piece
   */
  void readBody(BodyReader reader);

  /**
   * Answers, and is done.
   *
   * @return done when the answer has been written to the network, or cannot be any more; never
   *     fails
   */
  CompletionStage<Void> respond(HttpResponse response);

  /** Gives the request up, whatever of its answer has been written: its connection is cut. */
  void abort();

  /**
   * Answers with a body that is written little by little and never buffered.
   *
   * @param head status and headers; its body is written first, at once
   * @param source takes over
   */
  void stream(HttpResponse head, StreamSource source);

  /**
   * Becomes a WebSocket.
   *
   * @param head headers to add to the answer; its status and body do not matter
   * @param handler takes over; if the upgrade fails, its {@link WebSocketHandler#onClosed} is
   *     called without an open before
   */
  void upgrade(HttpResponse head, WebSocketHandler handler);

  /**
   * Runs an action when the client goes away before the answer is complete.
   *
   * @param action short; runs at once if that has happened. Replaces one given before
   */
  void onAborted(Runnable action);
}
