package io.hubbub.client.internal;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubMessageHandler;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each message to whom it is for.
 *
 * <p>Threads: the receive callback only.
 */
final class MessageRouter implements HubMessageHandler {
  private static final Logger log = LoggerFactory.getLogger(MessageRouter.class);

  private final Link link;
  private final PendingCalls pending;
  private final HandlerCalls calls;
  private final Resumption resumption;

  MessageRouter(Link link, PendingCalls pending, HandlerCalls calls, Resumption resumption) {
    this.link = link;
    this.pending = pending;
    this.calls = calls;
    this.resumption = resumption;
  }

  @Override
  public void onInvocation(InvocationMessage message) {
    resumption.received();
    calls.accept(message);
  }

  @Override
  public void onStreamItem(StreamItemMessage message) {
    resumption.received();
    pending.item(message.invocationId(), message.item());
  }

  @Override
  public void onCompletion(CompletionMessage message) {
    resumption.received();
    pending.complete(message);
  }

  @Override
  public void onInvocationBindingFailure(InvocationBindingFailure failure) {
    resumption.received();
    calls.refuse(failure);
  }

  @Override
  public void onStreamBindingFailure(StreamBindingFailure failure) {
    resumption.received();
    pending.itemFailed(failure.invocationId(), failure.reason());
  }

  @Override
  public void onPing(PingMessage message) {
    // That it came is all that it says.
  }

  @Override
  public void onClose(CloseMessage message) {
    link.closedByServer(message);
  }

  @Override
  public void onAck(AckMessage message) {
    resumption.acknowledged(message.sequenceId());
  }

  @Override
  public void onSequence(SequenceMessage message) {
    resumption.resynchronized();
  }

  @Override
  public void onStreamInvocation(StreamInvocationMessage message) {
    ignore(message);
  }

  @Override
  public void onCancelInvocation(CancelInvocationMessage message) {
    ignore(message);
  }

  private void ignore(HubMessage message) {
    resumption.received();
    log.debug("Ignored a message that clients are not sent: {}", message.getClass());
  }
}
