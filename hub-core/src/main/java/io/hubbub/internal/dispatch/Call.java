package io.hubbub.internal.dispatch;

import io.hubbub.AuthorizationPolicy;
import io.hubbub.BaseHub;
import io.hubbub.Cancellation;
import io.hubbub.HubException;
import io.hubbub.HubScope;
import io.hubbub.protocol.CompletionMessage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One call of a hub method, from its start to its answer. It is its own task, its own place for
 * what the method's extra parameters need, and the gate before client results, so that an ordinary
 * call makes few objects.
 *
 * <p>Threads: made and prepared by the receive callback, then run once; its end may come on any
 * thread, once; {@link #cancel} and {@link #beforeInvoke} from any.
 */
abstract class Call implements Runnable, ClientResultGate, ArgumentPlan.Extras {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  /** How many waiting calls one task runs in a row before it lets others have its thread. */
  private static final int MAX_RUN_IN_A_ROW = 16;

  private final ConnectionCalls owner;
  private final HubMethod method;
  private final @Nullable Object[] sent;
  private final @Nullable CancellationSource cancellation;
  private final @Nullable Interruption interruption;
  private int uploadsSent; // written before the call is started
  private List<Upload> uploads = List.of(); // written before the call is started
  private @Nullable String refusal; // written before the call is started
  private @Nullable BaseHub hub; // written when the call starts, read when it has ended
  private @Nullable CompletableFuture<Void> reader; // written before the call is handed over

  Call(ConnectionCalls owner, HubMethod method, @Nullable Object[] sent) {
    this.owner = owner;
    this.method = method;
    this.sent = sent;
    this.cancellation = method.isCancellable() ? new CancellationSource() : null;
    this.interruption = method.isCancellable() ? new Interruption() : null;
  }

  /** Opens the call's uploads, if their number fits. Refused ones show when the call runs. */
  final void openUploads(List<String> streamIds) {
    uploadsSent = streamIds.size();
    if (uploadsSent > 0 && uploadsSent == method.uploadTypes().size()) {
      try {
        uploads = owner.uploads().open(streamIds, method.uploadTypes(), owner.hub().errors());
      } catch (CallRefusedException e) {
        refuse(e.getMessage());
      }
    }
  }

  /** The call is to fail with a text as soon as it runs. */
  final void refuse(@Nullable String text) {
    refusal = text;
  }

  /** Whose call it is. */
  final ConnectionCalls owner() {
    return owner;
  }

  /** What is called. */
  final HubMethod method() {
    return method;
  }

  /** Whether it has uploads, open or ended. */
  final boolean hasUploads() {
    return !uploads.isEmpty();
  }

  /** Starts it: on this thread if the method allows, else on the hub executor. */
  final void start() {
    if (method.isNonBlocking()) {
      run();
    } else {
      handOver();
    }
  }

  /** Starts it on the hub executor. */
  final void handOver() {
    try {
      owner.hub().executor().execute(this);
    } catch (RuntimeException | Error e) { // it refuses, or no thread can be made
      goOnElsewhere(settle(null, e));
      releaseReader();
    }
  }

  /** The reader is to go on only when the method has returned. */
  final void holdReader(@Nullable CompletableFuture<Void> demand) {
    reader = demand;
  }

  private void releaseReader() {
    if (reader != null) {
      reader.complete(null);
    }
  }

  /** Runs the call, and then those that waited for its slot, one after the other. */
  @Override
  public final void run() {
    Call next = runOnce();
    for (int i = 1; next != null; i++) {
      if (i == MAX_RUN_IN_A_ROW) {
        next.handOver();
        return;
      }
      next = next.runOnce();
    }
  }

  private @Nullable Call runOnce() {
    Call next = callAndSettle();
    releaseReader();
    return next;
  }

  private @Nullable Call callAndSettle() {
    Object returned;
    try {
      returned = callMethod();
      if (returned != null && method.answersLater()) {
        CompletionStage<?> stage = (CompletionStage<?>) returned;
        if (!isDone(stage)) {
          stage.whenComplete((value, error) -> goOnElsewhere(settle(value, error)));
          return null;
        }
        returned = stage.toCompletableFuture().join();
      }
    } catch (Throwable e) {
      return settle(null, e);
    }
    return settle(returned, null);
  }

  /** Minimal stages do not tell; they take the other way. */
  private static boolean isDone(CompletionStage<?> stage) {
    return stage.getClass() == CompletableFuture.class && stage.toCompletableFuture().isDone();
  }

  private static void goOnElsewhere(@Nullable Call next) {
    if (next != null) {
      next.handOver();
    }
  }

  private @Nullable Object callMethod() throws Throwable {
    MappedHub mapped = owner.hub();
    BaseHub created = mapped.activator().create(mapped.hubClass());
    hub = created;
    check();
    HubScope scope = owner.caller().scope(this);
    created.enter(scope);
    @Nullable Object[] arguments = method.arguments(sent, this);
    Interruption bracket = interruption;
    if (bracket == null) {
      return method.call(scope.context(), created, arguments);
    }
    bracket.begin();
    try {
      return method.call(scope.context(), created, arguments);
    } finally {
      bracket.end();
    }
  }

  private void check() {
    if (method.access() != AccessRule.EVERYONE && !isPermitted()) {
      throw new CallRefusedException(owner.hub().errors().unauthorized(method.name()));
    }
    checkMode();
    int expected = method.uploadTypes().size();
    if (uploadsSent != expected) {
      throw new CallRefusedException(
          owner.hub().errors().wrongNumberOfUploads(method.name(), uploadsSent, expected));
    }
    if (refusal != null) {
      throw new CallRefusedException(refusal);
    }
  }

  private boolean isPermitted() {
    return method
        .access()
        .permits(
            new AuthorizationPolicy.Request(
                owner.caller().identity(),
                owner.hub().hubClass(),
                method.javaName(),
                Collections.unmodifiableList(Arrays.asList(sent))));
  }

  /** Refuses a call that asks for a stream where there is none, or the other way round. */
  abstract void checkMode();

  /**
   * The method has returned a value or thrown. Throws nothing itself, whatever the application's
   * code does: it could happen on any thread, and the call that waits would be lost.
   *
   * @return the call that now has this call's slot
   */
  abstract @Nullable Call settle(@Nullable Object value, @Nullable Throwable error);

  /** Ends the uploads and gives the hub object back. */
  final void release() {
    if (!uploads.isEmpty()) {
      owner.uploads().close(uploads);
    }
    BaseHub used = hub;
    if (used != null) {
      owner.hub().release(used);
    }
  }

  /** What the client is told of a failure. */
  final String describe(Throwable error) {
    if (error instanceof CallRefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
    Throwable real = ClientErrors.unwrap(error);
    try {
      log(real);
      return owner.hub().errors().invocationFailed(method.name(), real);
    } catch (RuntimeException | Error e) { // not even its text can be had
      LOG.error(
          "A failure of hub method {} cannot be told: {}",
          method.javaName(),
          real.getClass().getName(),
          e);
      return owner.hub().errors().invocationFailed(method.name());
    }
  }

  private void log(Throwable real) {
    LOG.atLevel(real instanceof HubException ? Level.DEBUG : Level.WARN)
        .setCause(real)
        .log(
            "Hub method {}.{} failed for connection {}",
            owner.hub().hubClass().getName(),
            method.javaName(),
            owner.caller().client().connectionId());
  }

  /** Sends the answer; what cannot be encoded becomes an error. */
  final void answer(CompletionMessage completion) {
    try {
      owner.caller().send(completion);
    } catch (RuntimeException | Error e) { // a result may contain itself, a getter may fail
      owner.answer(CompletionMessage.error(completion.invocationId(), describe(e)));
    }
  }

  /** The client, or the end of the connection, wants no result any more. */
  void cancel() {
    if (cancellation != null && interruption != null) {
      cancellation.cancel();
      interruption.interrupt();
    }
  }

  @Override
  public final Cancellation cancellation() {
    if (cancellation == null) {
      throw new IllegalStateException(method.javaName() + " takes no cancellation");
    }
    return cancellation;
  }

  @Override
  public final Upload upload(int index) {
    return uploads.get(index);
  }
}
