package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.ConnectionClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a hub that a client has connected or gone, with an object of its own as for every call.
 *
 * <p>Threads: made and started by one, run once on the hub executor.
 */
final class LifecycleCall implements Runnable {

  /** What the hub is told, through the filters. */
  @FunctionalInterface
  interface Step {
    void tell(BaseHub hub) throws Exception;
  }

  private final ConnectionCalls owner;
  private final Step step;
  private final ClientResultGate gate;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private LifecycleCall(ConnectionCalls owner, Step step, ClientResultGate gate) {
    this.owner = owner;
    this.step = step;
    this.gate = gate;
  }

  /** Tells of a connect. No client can be asked: nothing that it answers is read yet. */
  static LifecycleCall connect(ConnectionCalls owner) {
    return new LifecycleCall(
        owner,
        owner.hub().filters()::connected,
        id -> {
          throw new IllegalStateException(
              "Client results inside OnConnectedAsync Hub methods are not allowed.");
        });
  }

  /** Tells of a disconnect. All clients can be asked but the one that has gone. */
  static LifecycleCall disconnect(ConnectionCalls owner, @Nullable Throwable cause) {
    String gone = owner.caller().client().connectionId();
    return new LifecycleCall(
        owner,
        hub -> owner.hub().filters().disconnected(hub, cause),
        id -> {
          if (id.equals(gone)) {
            throw new ConnectionClosedException("Connection '" + id + "' disconnected.");
          }
        });
  }

  /**
   * Runs it on the hub executor.
   *
   * @return failed with what the hub threw
   */
  CompletionStage<Void> start() {
    try {
      owner.hub().executor().execute(this);
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  @Override
  public void run() {
    try {
      tell();
    } catch (Throwable e) {
      done.completeExceptionally(e);
      return;
    }
    done.complete(null);
  }

  private void tell() throws Exception {
    MappedHub mapped = owner.hub();
    BaseHub object = mapped.activator().create(mapped.hubClass());
    try {
      object.enter(owner.caller().scope(gate));
      step.tell(object);
    } finally {
      mapped.release(object);
    }
  }
}
