package io.hubbub.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Ready-made executors for {@link HubConnectionBuilder#callbackExecutor}: handlers and events then
 * run where a program may touch its windows.
 *
 * <p>Threads: any.
 */
public final class CallbackExecutors {
  private CallbackExecutors() {}

  /** The event dispatch thread of Swing and AWT. */
  public static Executor swing() {
    return java.awt.EventQueue::invokeLater;
  }

  /**
   * The application thread of JavaFX.
   *
   * @throws IllegalStateException if JavaFX is not there
   */
  public static Executor javaFx() {
    return javaFx("javafx.application.Platform");
  }

  /** By name, because JavaFX is no part of the JDK and most users do not have it. */
  static Executor javaFx(String platform) {
    MethodHandle runLater = runLater(platform);
    return action -> {
      try {
        runLater.invokeExact(action);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("Platform.runLater failed", e);
      }
    };
  }

  private static MethodHandle runLater(String platform) {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Class.forName(platform),
              "runLater",
              MethodType.methodType(void.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Expected JavaFX on the class or module path", e);
    }
  }
}
