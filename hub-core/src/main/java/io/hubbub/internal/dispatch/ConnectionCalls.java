package io.hubbub.internal.dispatch;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubMessageHandler;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one connection. Routes what the client sends: a call to its method, an item to its
 * upload, a completion to its upload or to whoever waits for the client's answer.
 *
 * <p>Threads: messages from the receive callback; calls end on any thread.
 */
final class ConnectionCalls implements HubCalls, HubMessageHandler, InvocationBinder {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionCalls.class);
  private static final AtomicIntegerFieldUpdater<ConnectionCalls> RUNNING =
      AtomicIntegerFieldUpdater.newUpdater(ConnectionCalls.class, "running");

  /** Slots do not bound them all: a call that asks its client for a result has given its back. */
  private static final int MAXIMUM_RUNNING = 1_000;

  private final MappedHub hub;
  private final CallerConnection caller;
  private final InvocationGate gate;
  private final CallRefusals refusals = new CallRefusals(this);

  @SuppressWarnings("unused") // through RUNNING
  private volatile int running;

  /** Made when first needed, by the receive callback. */
  private volatile @Nullable CallsById cancellable;

  /** Made when first needed, by the receive callback. */
  private volatile @Nullable Uploads uploads;

  private volatile boolean closed;
  private CompletionStage<Void> demand = READY; // touched by the receive callback only

  ConnectionCalls(MappedHub hub, CallerConnection caller) {
    this.hub = hub;
    this.caller = caller;
    this.gate = new InvocationGate(hub.options().maximumParallelInvocations());
  }

  MappedHub hub() {
    return hub;
  }

  CallerConnection caller() {
    return caller;
  }

  InvocationGate gate() {
    return gate;
  }

  /** The uploads; only for those who have some. */
  Uploads uploads() {
    Uploads known = uploads;
    if (known == null) {
      known = new Uploads(hub.options(), hub.executor());
      uploads = known;
      if (closed) {
        known.loseAll();
      }
    }
    return known;
  }

  /** The calls that can be cancelled; only for those that can. */
  CallsById cancellable() {
    CallsById known = cancellable;
    if (known == null) {
      known = new CallsById();
      cancellable = known;
      if (closed) {
        known.cancelAll();
      }
    }
    return known;
  }

  @Override
  public InvocationBinder binder() {
    return this;
  }

  @Override
  public @Nullable List<Type> parameterTypes(String target) {
    HubMethod method = hub.methods().find(target);
    return method == null ? null : method.sentTypes();
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return hub.lifetimeManager().resultType(invocationId);
  }

  @Override
  public @Nullable Type itemType(String streamId) {
    Uploads known = uploads;
    return known == null ? null : known.itemType(streamId);
  }

  @Override
  public CompletionStage<Void> connected() {
    return LifecycleCall.connect(this).start();
  }

  @Override
  public CompletionStage<Void> disconnected(@Nullable Throwable cause) {
    return LifecycleCall.disconnect(this, cause).start();
  }

  @Override
  public CompletionStage<Void> dispatch(HubMessage message) {
    demand = READY;
    message.dispatchTo(this);
    return demand;
  }

  @Override
  public void cancelAll() {
    closed = true;
    CallsById calls = cancellable;
    if (calls != null) {
      calls.cancelAll();
    }
    Uploads known = uploads;
    if (known != null) {
      known.loseAll();
    }
  }

  @Override
  public int running() {
    return running;
  }

  @Override
  public void onInvocation(InvocationMessage message) {
    HubMethod method = hub.methods().find(message.target());
    if (method == null) {
      refusals.unknown(message.invocationId(), message.target());
      return;
    }
    if (running >= MAXIMUM_RUNNING) {
      refusals.tooMany(message.invocationId(), MAXIMUM_RUNNING);
      return;
    }
    RUNNING.incrementAndGet(this);
    PlainCall call = new PlainCall(this, method, message);
    call.openUploads(message.streamIds());
    call.register();
    if (method.uploadTypes().isEmpty()) {
      CompletableFuture<Void> turn = gate.enter(call);
      if (turn != null) {
        demand = turn;
        return;
      }
    }
    call.start();
  }

  @Override
  public void onStreamInvocation(StreamInvocationMessage message) {
    HubMethod method = hub.methods().find(message.target());
    if (method == null) {
      refusals.unknown(message.invocationId(), message.target());
      return;
    }
    RUNNING.incrementAndGet(this);
    StreamCall call = new StreamCall(this, method, message);
    call.openUploads(message.streamIds());
    call.register();
    call.start();
  }

  @Override
  public void onInvocationBindingFailure(InvocationBindingFailure failure) {
    refusals.arguments(failure);
  }

  @Override
  public void onStreamItem(StreamItemMessage message) {
    Uploads known = uploads;
    if (known != null) {
      demand = known.offer(message.invocationId(), message.item());
    }
  }

  @Override
  public void onStreamBindingFailure(StreamBindingFailure failure) {
    Uploads known = uploads;
    boolean ended =
        known != null
            && known.end(failure.invocationId(), hub.errors().itemUnbound(failure.reason()));
    if (!ended) {
      LOG.debug("Connection {} sends an item for no upload", caller.client().connectionId());
    }
  }

  @Override
  public void onCompletion(CompletionMessage message) {
    Uploads known = uploads;
    if (known != null && known.end(message.invocationId(), message.error())) {
      return;
    }
    if (!hub.lifetimeManager().complete(caller.client(), message)) {
      LOG.debug(
          "Connection {} completes {}, which nobody waits for",
          caller.client().connectionId(),
          message.invocationId());
    }
  }

  @Override
  public void onCancelInvocation(CancelInvocationMessage message) {
    CallsById calls = cancellable;
    if (calls != null) {
      calls.cancel(message.invocationId());
    }
  }

  @Override
  public void onPing(PingMessage message) {
    throw notACall(message);
  }

  @Override
  public void onClose(CloseMessage message) {
    throw notACall(message);
  }

  @Override
  public void onAck(AckMessage message) {
    throw notACall(message);
  }

  @Override
  public void onSequence(SequenceMessage message) {
    throw notACall(message);
  }

  private static IllegalArgumentException notACall(HubMessage message) {
    return new IllegalArgumentException(
        "Expected a message about a call, but got " + message + ", which is the connection's own");
  }

  /** A call has ended and been answered. */
  void ended() {
    RUNNING.decrementAndGet(this);
  }

  /** Sends an answer that has no payload of the application. */
  void answer(CompletionMessage completion) {
    try {
      caller.send(completion);
    } catch (RuntimeException | Error e) {
      LOG.warn("A call of connection {} could not be answered", caller.client().connectionId(), e);
    }
  }
}
