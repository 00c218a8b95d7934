package io.hubbub.protocol;

/** One method per kind of message; see {@link HubMessage#dispatchTo}. */
public interface HubMessageHandler {
  /** A call of a method that does not stream its result. */
  void onInvocation(InvocationMessage message);

  /** A call of a method that streams its result. */
  void onStreamInvocation(StreamInvocationMessage message);

  /** One item of a stream. */
  void onStreamItem(StreamItemMessage message);

  /** The end of a call or of a stream. */
  void onCompletion(CompletionMessage message);

  /** The caller wants no more of a stream or call. */
  void onCancelInvocation(CancelInvocationMessage message);

  /** A sign of life. */
  void onPing(PingMessage message);

  /** The peer is about to close the connection. */
  void onClose(CloseMessage message);

  /** The peer has processed our messages up to a sequence id. */
  void onAck(AckMessage message);

  /** The peer tells the sequence id of its next message. */
  void onSequence(SequenceMessage message);

  /** A call whose target is unknown or whose arguments do not fit it. */
  void onInvocationBindingFailure(InvocationBindingFailure failure);

  /** A stream item that does not fit its stream. */
  void onStreamBindingFailure(StreamBindingFailure failure);
}
