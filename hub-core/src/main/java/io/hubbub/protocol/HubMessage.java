package io.hubbub.protocol;

/**
 * One message of the hub protocol, either direction. A new kind of message does not compile until
 * every {@link HubMessageHandler} has answered it.
 */
public sealed interface HubMessage
    permits InvocationMessage,
        StreamInvocationMessage,
        StreamItemMessage,
        CompletionMessage,
        CancelInvocationMessage,
        PingMessage,
        CloseMessage,
        AckMessage,
        SequenceMessage,
        InvocationBindingFailure,
        StreamBindingFailure {

  /** Calls the handler's method for this kind of message. */
  void dispatchTo(HubMessageHandler handler);

  /**
   * Whether stateful reconnect counts this message (types 1 to 5), whatever became of its payload.
   *
   * @return true for invocations, stream items, completions and cancellations, bound or not
   */
  default boolean isTracked() {
    return true;
  }
}
