package io.hubbub.http;

import io.hubbub.spi.ConnectionReceiver;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of a client's bytes to the hub. What a client posts before its first GET has made the
 * connection waits here: a little is kept, then the client waits.
 *
 * <p>Threads: {@link #deliver} as {@link ConnectionReceiver#onBytes}; the others any.
 */
final class Inbound {
  /** How much is kept for a hub that does not run yet; a handshake is far shorter. */
  private static final int EARLY_LIMIT = 4096;

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final CallGate gate;

  /** Done when the early bytes are with the receiver; deliveries go straight to it then. */
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private volatile @Nullable ConnectionReceiver receiver;

  /** The demand of the latest bytes passed on. Written while the gate is open for them. */
  private volatile CompletionStage<Void> demand = DONE;

  /** Kept until there is a receiver. Guarded by this. */
  private byte[] early = {};

  Inbound(CallGate gate) {
    this.gate = gate;
  }

  /** The hub runs: gets what has come early, then everything else. */
  void open(ConnectionReceiver opened) {
    byte[] first;
    synchronized (this) {
      receiver = opened;
      first = early;
      early = new byte[0];
    }
    CompletionStage<Void> taken = first.length == 0 ? DONE : pass(opened, ByteBuffer.wrap(first));
    taken.whenComplete((done, failure) -> ready.complete(null));
  }

  /** Hands bytes on. The stage is the demand, as the receiver's. */
  CompletionStage<Void> deliver(ByteBuffer bytes) {
    ConnectionReceiver opened = receiver;
    if (opened != null && ready.isDone()) {
      return pass(opened, bytes);
    }
    return deliverEarly(bytes);
  }

  /** The demand of the latest bytes that were passed on; exact while the gate is quiet. */
  CompletionStage<Void> demand() {
    return demand;
  }

  private synchronized CompletionStage<Void> deliverEarly(ByteBuffer bytes) {
    ConnectionReceiver opened = receiver;
    byte[] copy = copyOf(bytes);
    if (opened != null) {
      return ready.thenCompose(done -> pass(opened, ByteBuffer.wrap(copy)));
    }
    byte[] joined = new byte[early.length + copy.length];
    System.arraycopy(early, 0, joined, 0, early.length);
    System.arraycopy(copy, 0, joined, early.length, copy.length);
    early = joined;
    return joined.length <= EARLY_LIMIT ? DONE : ready;
  }

  private CompletionStage<Void> pass(ConnectionReceiver opened, ByteBuffer bytes) {
    if (!gate.enter()) {
      return DONE;
    }
    try {
      CompletionStage<Void> taken = opened.onBytes(bytes);
      demand = taken;
      return taken;
    } finally {
      gate.exit();
    }
  }

  private static byte[] copyOf(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
