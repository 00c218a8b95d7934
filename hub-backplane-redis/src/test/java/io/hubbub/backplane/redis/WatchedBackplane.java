package io.hubbub.backplane.redis;

import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the outages of a backplane: a state may be over before a test has looked. */
final class WatchedBackplane implements Backplane {
  private final Backplane backplane;
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger returns = new AtomicInteger();

  WatchedBackplane(Backplane backplane) {
    this.backplane = backplane;
  }

  boolean wasLost() {
    return losses.get() > 0;
  }

  boolean isBack() {
    return returns.get() > 0;
  }

  void forgetOutages() {
    losses.set(0);
    returns.set(0);
  }

  @Override
  public CompletionStage<Void> start(BackplaneListener listener) {
    return backplane.start(new Counting(listener));
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] message) {
    return backplane.publish(channel, message);
  }

  @Override
  public CompletionStage<Void> subscribe(String channel) {
    return backplane.subscribe(channel);
  }

  @Override
  public CompletionStage<Void> unsubscribe(String channel) {
    return backplane.unsubscribe(channel);
  }

  @Override
  public boolean isConnected() {
    return backplane.isConnected();
  }

  @Override
  public void close() {
    backplane.close();
  }

  private final class Counting implements BackplaneListener {
    private final BackplaneListener listener;

    Counting(BackplaneListener listener) {
      this.listener = listener;
    }

    @Override
    public void onMessage(String channel, byte[] message) {
      listener.onMessage(channel, message);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
      listener.onConnectionLost(cause);
      losses.incrementAndGet();
    }

    /** The first connection may be told, too, when it took several attempts. */
    @Override
    public void onConnectionRestored() {
      listener.onConnectionRestored();
      if (wasLost()) {
        returns.incrementAndGet();
      }
    }
  }
}
