package io.hubbub.internal.dispatch;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A call with one result or none. Without uploads it needs a slot of its connection, which it gives
 * back at its end, or when it asks a client for a result.
 *
 * <p>Threads: as {@link Call} says.
 */
final class PlainCall extends Call {
  private static final VarHandle HOLDS_SLOT;

  static {
    try {
      HOLDS_SLOT =
          MethodHandles.lookup().findVarHandle(PlainCall.class, "holdsSlot", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable String invocationId;

  @SuppressWarnings("unused") // through HOLDS_SLOT; whoever turns it off gives the slot back
  private volatile boolean holdsSlot;

  PlainCall(ConnectionCalls owner, HubMethod method, InvocationMessage message) {
    super(owner, method, message.arguments());
    this.invocationId = message.invocationId();
    this.holdsSlot = method.uploadTypes().isEmpty();
  }

  /** Makes the call known under its id if it can be cancelled; an id in use stays the other's. */
  void register() {
    if (invocationId != null && method().isCancellable()) {
      owner().cancellable().add(invocationId, this);
    }
  }

  @Override
  void checkMode() {
    if (method().result().isStreaming()) {
      throw new CallRefusedException(
          owner().hub().errors().streamingMethodCalledPlainly(method().name()));
    }
  }

  @Override
  @Nullable Call settle(@Nullable Object value, @Nullable Throwable error) {
    if (invocationId != null && method().isCancellable()) {
      owner().cancellable().remove(invocationId, this);
    }
    if (hasUploads()) {
      release();
      answer(value, error);
    } else {
      answer(value, error);
      release();
    }
    owner().ended();
    return giveSlotBack();
  }

  private void answer(@Nullable Object value, @Nullable Throwable error) {
    String failure = error == null ? null : describe(error);
    if (invocationId == null) {
      return;
    }
    if (failure != null) {
      owner().answer(CompletionMessage.error(invocationId, failure));
    } else {
      answer(CompletionMessage.result(invocationId, value));
    }
  }

  @Override
  public void beforeInvoke(String connectionId) {
    PlainCall next = giveSlotBack();
    if (next != null) {
      next.handOver();
    }
  }

  private @Nullable PlainCall giveSlotBack() {
    return HOLDS_SLOT.compareAndSet(this, true, false) ? owner().gate().leave() : null;
  }
}
