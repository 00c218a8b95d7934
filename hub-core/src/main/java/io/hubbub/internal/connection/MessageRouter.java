package io.hubbub.internal.connection;

import io.hubbub.internal.dispatch.HubCalls;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings each message of a client to the connection or to its calls.
 *
 * <p>Threads: the receive callback.
 */
final class MessageRouter implements HubMessageHandler {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final ClientConnection connection;
  private final HubCalls calls;
  private final @Nullable StatefulReconnect stateful;
  private CompletionStage<Void> demand = DONE;

  MessageRouter(ClientConnection connection, HubCalls calls, @Nullable StatefulReconnect stateful) {
    this.connection = connection;
    this.calls = calls;
    this.stateful = stateful;
  }

  /**
   * Routes a message.
   *
   * @return done when the next one may come
   */
  CompletionStage<Void> route(HubMessage message) {
    if (stateful != null && message.isTracked() && !stateful.received().accept()) {
      return DONE;
    }
    demand = DONE;
    message.dispatchTo(this);
    return demand;
  }

  @Override
  public void onInvocation(InvocationMessage message) {
    onCall(message);
  }

  @Override
  public void onStreamInvocation(StreamInvocationMessage message) {
    onCall(message);
  }

  @Override
  public void onInvocationBindingFailure(InvocationBindingFailure failure) {
    onCall(failure);
  }

  private void onCall(HubMessage call) {
    if (!connection.isDraining()) {
      demand = calls.dispatch(call);
    }
  }

  @Override
  public void onStreamItem(StreamItemMessage message) {
    demand = calls.dispatch(message);
  }

  @Override
  public void onStreamBindingFailure(StreamBindingFailure failure) {
    demand = calls.dispatch(failure);
  }

  @Override
  public void onCompletion(CompletionMessage message) {
    demand = calls.dispatch(message);
  }

  @Override
  public void onCancelInvocation(CancelInvocationMessage message) {
    demand = calls.dispatch(message);
  }

  @Override
  public void onPing(PingMessage message) {
    connection.keepAlive().arm();
  }

  @Override
  public void onClose(CloseMessage message) {
    connection.close(Ending.byClient(message));
  }

  @Override
  public void onAck(AckMessage message) {
    connection.outbound().acknowledged(message);
  }

  @Override
  public void onSequence(SequenceMessage message) {
    if (stateful != null) {
      stateful.received().rewind(message);
    }
  }
}
