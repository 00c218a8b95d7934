package io.hubbub.spi;

import java.util.concurrent.CompletionStage;

/**
 * Carries bytes on named channels between the nodes of a hub, and nothing else: envelopes,
 * acknowledgements and local delivery are core's.
 *
 * <p>Threads: any; no method waits for the network. Messages of one channel reach the listener one
 * at a time, in order.
 */
public interface Backplane extends AutoCloseable {
  /** What {@link #publish} answers when it cannot know how many nodes listen. */
  long UNKNOWN_RECEIVERS = -1;

  /**
   * Connects.
   *
   * @param listener gets messages and changes of state
   * @return done when connected, or when it goes on trying in the background as configured; failed
   *     when it gives up
   */
  CompletionStage<Void> start(BackplaneListener listener);

  /**
   * Sends bytes to all nodes that are subscribed, this one included.
   *
   * @return how many nodes got it, or {@link #UNKNOWN_RECEIVERS}; failed when it is certain that it
   *     was not sent
   */
  CompletionStage<Long> publish(String channel, byte[] message);

  /** Starts to listen; done when confirmed. Repeated by itself after an outage. */
  CompletionStage<Void> subscribe(String channel);

  /** Stops to listen; done when confirmed, or at once during an outage. */
  CompletionStage<Void> unsubscribe(String channel);

  /** Whether messages can pass now. */
  boolean isConnected();

  /** Ends it; idempotent. */
  @Override
  void close();
}
