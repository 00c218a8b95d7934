package io.hubbub.internal.dispatch;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A call whose result is a stream. Takes no slot: streams and calls do not wait for each other.
 *
 * <p>Threads: as {@link Call} says.
 */
final class StreamCall extends Call {
  private final String invocationId;
  private final ResultStream items;

  StreamCall(ConnectionCalls owner, HubMethod method, StreamInvocationMessage message) {
    super(owner, method, message.arguments());
    this.invocationId = message.invocationId();
    this.items = new ResultStream(this, invocationId);
  }

  /** Makes the stream known under its id, so that it can be cancelled, if it may be one more. */
  void register() {
    int limit = owner().hub().options().maximumStreams();
    if (owner().cancellable().size() >= limit) {
      refuse(owner().hub().errors().tooManyStreams(limit));
    } else if (!owner().cancellable().add(invocationId, this)) {
      refuse(owner().hub().errors().idInUse(invocationId));
    }
  }

  @Override
  void checkMode() {
    if (!method().result().isStreaming()) {
      throw new CallRefusedException(
          owner().hub().errors().plainMethodCalledForStream(method().name()));
    }
  }

  @Override
  @Nullable Call settle(@Nullable Object value, @Nullable Throwable error) {
    ResultShape.StreamReader reader = method().result().stream();
    if (error != null) {
      boolean wanted = !(items.isCancelled() && isCancellation(error));
      items.end(wanted ? describe(error) : null);
    } else if (value == null || reader == null) {
      items.end(owner().hub().errors().noStreamReturned(method().name()));
    } else {
      subscribe(value, reader);
    }
    return null;
  }

  private void subscribe(Object value, ResultShape.StreamReader reader) {
    try {
      Flow.Publisher<?> publisher = reader.read(value, owner().hub().executor());
      publisher.subscribe(items);
    } catch (RuntimeException | Error e) {
      items.onError(e);
    }
  }

  private static boolean isCancellation(Throwable error) {
    Throwable real = ClientErrors.unwrap(error);
    return real instanceof CancellationException || real instanceof InterruptedException;
  }

  /** The last item has been sent, or none will be: the one and only end. */
  void finish(@Nullable String error) {
    release();
    owner().cancellable().remove(invocationId, this);
    owner()
        .answer(
            error == null
                ? CompletionMessage.empty(invocationId)
                : CompletionMessage.error(invocationId, error));
    owner().ended();
  }

  @Override
  void cancel() {
    super.cancel();
    items.cancel();
  }

  @Override
  public void beforeInvoke(String connectionId) {
    // holds no slot
  }
}
