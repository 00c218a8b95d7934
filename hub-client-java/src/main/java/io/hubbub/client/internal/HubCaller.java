package io.hubbub.client.internal;

import io.hubbub.ConnectionClosedException;
import io.hubbub.client.internal.InvocationCall.CallRequest;
import io.hubbub.client.internal.StreamCall.StreamRequest;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The application's calls of hub methods.
 *
 * <p>Threads: any. Nothing here throws: what goes wrong fails the future or the stream.
 */
public final class HubCaller {
  private final Supplier<Optional<Link>> links;
  private final ConnectionSettings settings;
  private final Executor completions;

  HubCaller(Supplier<Optional<Link>> links, ConnectionSettings settings, Executor completions) {
    this.links = links;
    this.settings = settings;
    this.completions = completions;
  }

  static <T> CompletableFuture<T> notConnected(Executor callbacks) {
    return CallbackFuture.failed(callbacks, notConnected());
  }

  private static ConnectionClosedException notConnected() {
    return new ConnectionClosedException(
        "Cannot send data if the connection is not in the 'Connected' state.");
  }

  /** Calls a method and waits for its result. */
  public <T> CompletableFuture<T> invoke(
      Type resultType, String target, @Nullable Object... arguments) {
    Link link = links.get().orElse(null);
    if (link == null) {
      return notConnected(settings.callbacks());
    }
    PendingCalls pending = link.pending();
    Arguments split = Arguments.of(arguments, pending::nextId);
    String id = pending.nextId();
    InvocationCall<T> call =
        new InvocationCall<>(
            new CallRequest(target, resultType),
            settings.callbacks(),
            completions,
            () -> pending.remove(id));
    pending.add(id, call);
    try {
      List<Upload> uploads =
          sendCall(
              link,
              id,
              new InvocationMessage(id, target, split.values(), split.streamIds(), Map.of()),
              split,
              call);
      if (!uploads.isEmpty()) {
        call.whenComplete((result, error) -> uploads.forEach(Upload::cancel));
      }
    } catch (HubEncodingException e) {
      call.completeExceptionally(e);
    }
    return call;
  }

  /** Calls a method and does not wait for it. */
  public CompletableFuture<Void> send(String target, @Nullable Object... arguments) {
    Link link = links.get().orElse(null);
    if (link == null) {
      return notConnected(settings.callbacks());
    }
    Arguments split = Arguments.of(arguments, link.pending()::nextId);
    CallbackFuture<Void> sent = new CallbackFuture<>(settings.callbacks());
    InvocationMessage message =
        new InvocationMessage(null, target, split.values(), split.streamIds(), Map.of());
    try {
      CompletableFuture<Void> written = link.send(message).toCompletableFuture();
      if (written.isDone()) {
        pass(written, sent);
      } else {
        written.whenComplete((done, error) -> completions.execute(() -> pass(written, sent)));
      }
      link.uploads().begin(split);
    } catch (HubEncodingException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private static void pass(CompletableFuture<Void> done, CompletableFuture<Void> waiting) {
    done.whenComplete(
        (nothing, error) -> {
          if (error == null) {
            waiting.complete(null);
          } else {
            waiting.completeExceptionally(error);
          }
        });
  }

  /** A method's stream; the method is called when somebody subscribes. */
  public <T> Flow.Publisher<T> stream(Type itemType, String target, @Nullable Object... arguments) {
    StreamRequest request =
        new StreamRequest(target, itemType, settings.callbacks(), settings.limits().streamItems());
    return new ResultStream<>(subscriber -> subscribe(request, arguments, subscriber));
  }

  private void subscribe(
      StreamRequest request, @Nullable Object[] arguments, Flow.Subscriber<?> subscriber) {
    Link link = links.get().orElse(null);
    if (link == null) {
      ResultStream.refuse(subscriber, notConnected());
      return;
    }
    PendingCalls pending = link.pending();
    Arguments split = Arguments.of(arguments, pending::nextId);
    String id = pending.nextId();
    RunningStream running = new RunningStream(link, id);
    StreamCall call = new StreamCall(request, subscriber, running::cancel);
    pending.add(id, call);
    call.begin();
    if (running.isCanceled()) {
      return;
    }
    try {
      running.uploads.addAll(
          sendCall(
              link,
              id,
              new StreamInvocationMessage(
                  id, request.target(), split.values(), split.streamIds(), Map.of()),
              split,
              call));
    } catch (HubEncodingException e) {
      pending.remove(id);
      call.onConnectionLost(e);
      return;
    }
    if (running.isCanceled()) {
      // Meanwhile: the server may have heard of the end before the begin.
      running.cancel();
    }
  }

  /**
   * Sends a call and then its uploads. A write that fails is told on an I/O thread, so whoever
   * waits is told as of a lost connection: elsewhere.
   *
   * @throws HubEncodingException if the call cannot be written
   */
  private static List<Upload> sendCall(
      Link link, String id, HubMessage message, Arguments arguments, PendingCall call) {
    link.send(message)
        .whenComplete(
            (sent, error) -> {
              if (error != null) {
                link.pending().remove(id);
                call.onConnectionLost(error);
              }
            });
    return link.uploads().begin(arguments);
  }

  /** A stream under way, to be canceled, as often as one likes. Threads: any. */
  private static final class RunningStream {
    private final Link link;
    private final String id;
    private final List<Upload> uploads = new CopyOnWriteArrayList<>();
    private volatile boolean canceled;

    RunningStream(Link link, String id) {
      this.link = link;
      this.id = id;
    }

    boolean isCanceled() {
      return canceled;
    }

    void cancel() {
      canceled = true;
      link.pending().remove(id);
      uploads.forEach(Upload::cancel);
      link.send(CancelInvocationMessage.of(id));
    }
  }
}
