package io.hubbub.client.internal;

import io.hubbub.client.internal.transport.Failures;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.StreamItemMessage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream from the client to the server: takes items from a publisher as fast as they can be
 * sent.
 *
 * <p>Threads: called by the publisher, one call at a time; {@link #cancel} from anywhere.
 */
final class Upload implements Flow.Subscriber<Object> {
  /** Items under way before the publisher has to wait for the transport. */
  private static final int WINDOW = 64;

  private final String streamId;
  private final MessageSender sender;
  private final Consumer<Upload> forget;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Flow.@Nullable Subscription subscription;

  /**
   * @param forget is told when it is over
   */
  Upload(String streamId, MessageSender sender, Consumer<Upload> forget) {
    this.streamId = streamId;
    this.sender = sender;
    this.forget = forget;
  }

  /** Begins to take items. */
  void takeFrom(Flow.Publisher<?> source) {
    try {
      source.subscribe(this);
    } catch (RuntimeException e) {
      onError(e);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (ended.get()) {
      given.cancel();
    } else {
      given.request(WINDOW);
    }
  }

  @Override
  public void onNext(Object item) {
    if (ended.get()) {
      return;
    }
    try {
      sender.send(StreamItemMessage.of(streamId, item)).whenComplete(this::sent);
    } catch (HubEncodingException e) {
      cancelSource();
      onError(e);
    }
  }

  private void sent(@Nullable Void nothing, @Nullable Throwable error) {
    Flow.Subscription known = subscription;
    if (known == null || ended.get()) {
      return;
    }
    if (error == null) {
      known.request(1);
    } else {
      // Either it is all over, or too much waits to be sent: the hub method is told of the gap.
      known.cancel();
      onError(error);
    }
  }

  @Override
  public void onError(Throwable error) {
    end(CompletionMessage.error(streamId, Failures.text(error)));
  }

  @Override
  public void onComplete() {
    end(CompletionMessage.empty(streamId));
  }

  private void end(CompletionMessage completion) {
    if (ended.compareAndSet(false, true)) {
      forget.accept(this);
      sender.send(completion);
    }
  }

  /** Nobody wants the items any more. */
  void cancel() {
    if (ended.compareAndSet(false, true)) {
      forget.accept(this);
      cancelSource();
    }
  }

  private void cancelSource() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }
}
