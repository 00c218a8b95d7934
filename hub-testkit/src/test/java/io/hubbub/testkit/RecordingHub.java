package io.hubbub.testkit;

import io.hubbub.Hub;
import io.hubbub.HubException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A hub that remembers, for one test at a time, what became of its connections. */
public class RecordingHub extends Hub {
  /** Of this test: a connection of the one before may still be on its way out. */
  private static volatile BlockingQueue<Optional<Throwable>> goodbyes = new LinkedBlockingQueue<>();

  private static volatile CompletableFuture<Void> stuck = new CompletableFuture<>();
  private static volatile CompletableFuture<Void> welcome = new CompletableFuture<>();

  static void reset() {
    goodbyes = new LinkedBlockingQueue<>();
    stuck = new CompletableFuture<>();
    welcome = CompletableFuture.completedFuture(null);
  }

  /** Lets {@code onConnected} wait. */
  static CompletableFuture<Void> holdWelcome() {
    welcome = new CompletableFuture<>();
    return welcome;
  }

  /** Lets calls of {@link #stuck} end. */
  static void free() {
    stuck.complete(null);
  }

  /** Takes what the next {@code onDisconnected} was told. */
  static Optional<Throwable> goodbye() throws InterruptedException {
    Optional<Throwable> cause = goodbyes.poll(10, TimeUnit.SECONDS);
    if (cause == null) {
      throw new AssertionError("onDisconnected was not called");
    }
    return cause;
  }

  static int goodbyes() {
    return goodbyes.size();
  }

  @Override
  public void onConnected() throws Exception {
    context().items().put(BlockingQueue.class, goodbyes);
    try {
      welcome.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("The test did not let the connection in", e);
    }
    if (context().request().queryParameter("refuse").isPresent()) {
      throw new HubException("not you");
    }
    if (context().request().queryParameter("leave").isPresent()) {
      context().abort();
    }
  }

  @Override
  public void onDisconnected(@Nullable Throwable cause) {
    clients().group("all").send("Left", context().connectionId());
    @SuppressWarnings("unchecked")
    BlockingQueue<Optional<Throwable>> own =
        (BlockingQueue<Optional<Throwable>>) context().items().get(BlockingQueue.class);
    own.add(Optional.ofNullable(cause));
    if (context().request().queryParameter("fail").isPresent()) {
      throw new IllegalStateException("no goodbye");
    }
  }

  public int add(int a, int b) {
    return a + b;
  }

  public CompletionStage<Void> join() {
    return groups().add(context().connectionId(), "all");
  }

  public void broadcast(String text) {
    clients().all().send("Said", text);
  }

  public String ask() {
    return clients().caller().invoke(String.class, "Ask").join();
  }

  public void leave() {
    context().abort();
  }

  public CompletionStage<Void> stuck() {
    return stuck;
  }
}
