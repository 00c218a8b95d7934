package io.hubbub.client;

import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.EventQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CallbackExecutorsTest {
  private static final ExecutorService APPLICATION_THREAD =
      Executors.newSingleThreadExecutor(action -> new Thread(action, "fake JavaFX"));

  @AfterAll
  static void shutDown() {
    APPLICATION_THREAD.shutdown();
  }

  /** Stands for JavaFX's own. */
  public static final class FakePlatform {
    private FakePlatform() {}

    public static void runLater(Runnable action) {
      APPLICATION_THREAD.execute(action);
    }
  }

  /** JavaFX before its start. */
  public static final class SleepingPlatform {
    private SleepingPlatform() {}

    public static void runLater(Runnable action) {
      throw new IllegalStateException("Toolkit not initialized");
    }
  }

  @Test
  void handlersRunOnSwingsThread() {
    try (FakeServer server = FakeServer.start();
        HubConnection connection =
            HubConnection.builder(server.url())
                .callbackExecutor(CallbackExecutors.swing())
                .build()) {
      CompletableFuture<Boolean> handled = new CompletableFuture<>();
      connection.on("Show", () -> handled.complete(EventQueue.isDispatchThread()));
      CompletableFuture<Void> started = connection.start();
      CompletableFuture<Boolean> after =
          started.thenApplyAsync(done -> EventQueue.isDispatchThread());
      FakeSocket socket = server.nextConnection();
      assertThat(get(after)).isTrue();
      socket.send("{\"type\":1,\"target\":\"Show\",\"arguments\":[]}");
      assertThat(get(handled)).isTrue();
    }
  }

  @Test
  void actionsRunOnTheThreadOfJavaFx() {
    Executor executor = CallbackExecutors.javaFx(FakePlatform.class.getName());
    CompletableFuture<String> thread = new CompletableFuture<>();
    executor.execute(() -> thread.complete(Thread.currentThread().getName()));
    assertThat(get(thread)).isEqualTo("fake JavaFX");
  }

  @Test
  void refusalOfJavaFxComesThrough() {
    Executor executor = CallbackExecutors.javaFx(SleepingPlatform.class.getName());
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Toolkit not initialized");
  }

  @Test
  void withoutJavaFxTheErrorSaysSo() {
    assertThatThrownBy(CallbackExecutors::javaFx)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Expected JavaFX on the class or module path");
  }
}
