package io.hubbub;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Wraps every call of a hub's methods, and its connects and disconnects. Filters run in the order
 * in which they were added, the first outermost, those of all hubs before those of one;
 * authorization and argument binding come before them. For a method that streams its result they
 * wrap the call that returns the stream.
 *
 * <p>Threads: on the thread that runs the hub method; one object serves all calls.
 */
public interface HubFilter {
  /**
   * Wraps a call.
   *
   * @param invocation the call
   * @param next goes on; need not be called, and may be given other arguments
   * @return the result that the client gets
   * @throws Exception fails the call; the text of a {@link HubException} reaches the client
   */
  default CompletionStage<@Nullable Object> invoke(HubInvocation invocation, InvocationStep next)
      throws Exception {
    return next.proceed(invocation);
  }

  /**
   * Wraps {@link BaseHub#onConnected}.
   *
   * @throws Exception refuses the connection
   */
  default void onConnected(BaseHub hub, ConnectedStep next) throws Exception {
    next.proceed();
  }

  /**
   * Wraps {@link BaseHub#onDisconnected}.
   *
   * @throws Exception is logged
   */
  default void onDisconnected(BaseHub hub, @Nullable Throwable cause, DisconnectedStep next)
      throws Exception {
    next.proceed(cause);
  }

  /** The rest of the chain around a call. */
  @FunctionalInterface
  interface InvocationStep {
    /**
     * Goes on.
     *
     * @throws Exception what the method threw
     */
    CompletionStage<@Nullable Object> proceed(HubInvocation invocation) throws Exception;
  }

  /** The rest of the chain around a connect. */
  @FunctionalInterface
  interface ConnectedStep {
    /**
     * Goes on.
     *
     * @throws Exception what the hub threw
     */
    void proceed() throws Exception;
  }

  /** The rest of the chain around a disconnect. */
  @FunctionalInterface
  interface DisconnectedStep {
    /**
     * Goes on.
     *
     * @throws Exception what the hub threw
     */
    void proceed(@Nullable Throwable cause) throws Exception;
  }
}
