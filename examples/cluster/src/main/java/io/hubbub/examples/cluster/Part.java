package io.hubbub.examples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A process of the cluster: Redis, a node or nginx.
 *
 * <p>Threads: confined to the launcher's; what the process prints is passed on by a thread of its
 * own, and its end is told on one of the JDK's.
 */
final class Part {
  private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long STOP_LIMIT_SECONDS = 5;
  private static final int LOOK_AGAIN_MILLIS = 50;

  private final String name;
  private final int port;
  private final List<String> command;

  /** Whether the process serves nobody itself, but has children for it. */
  private final boolean hasWorkers;

  private @Nullable Process process;

  /** What the process itself has started: killed with it, they would outlive it otherwise. */
  private List<ProcessHandle> children = List.of();

  private Part(String name, int port, List<String> command, boolean hasWorkers) {
    this.name = name;
    this.port = port;
    this.command = List.copyOf(command);
    this.hasWorkers = hasWorkers;
  }

  static Part of(String name, int port, List<String> command) {
    return new Part(name, port, command, false);
  }

  static Part withWorkers(String name, int port, List<String> command) {
    return new Part(name, port, command, true);
  }

  String name() {
    return name;
  }

  /** Whether this is the process of the part, neither stopped nor replaced on purpose. */
  boolean isRunBy(Process candidate) {
    return process == candidate;
  }

  /**
   * Starts the process.
   *
   * @param onEnd told when it ends, for whatever reason
   * @throws IllegalStateException if it runs already, or something else has its port
   */
  void launch(BiConsumer<Part, Process> onEnd) throws IOException {
    if (process != null) {
      throw new IllegalStateException(name + " is running already");
    }
    if (answers()) {
      throw new IllegalStateException(
          "Expected port %d to be free for %s, but something listens there; choose others: --port N"
              .formatted(port, name));
    }
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    process = started;
    Thread output = new Thread(() -> passOn(started), name + "-output");
    output.setDaemon(true);
    output.start();
    var unused = started.onExit().thenAccept(ended -> onEnd.accept(this, ended));
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private void passOn(Process started) {
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> System.out.printf("%-6s | %s%n", name, line));
    } catch (IOException | UncheckedIOException ended) {
      // A process that is killed takes its output with it.
    }
  }

  /**
   * Waits until the process listens and has the workers that it needs.
   *
   * @throws IllegalStateException if it ends instead, or takes too long
   */
  void awaitReady() throws InterruptedException {
    Process started = running();
    long start = System.nanoTime();
    while (!isReady(started)) {
      if (started.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "Expected %s to listen on port %d, but it ended with code %d"
                .formatted(name, port, started.exitValue()));
      }
      if (System.nanoTime() - start > START_LIMIT_NANOS) {
        throw new IllegalStateException(
            "Expected %s to listen on port %d within two minutes".formatted(name, port));
      }
    }
  }

  /** nginx listens before it starts a worker: one that was missed here would outlive it. */
  private boolean isReady(Process started) {
    if (!answers()) {
      return false;
    }
    children = started.descendants().toList();
    return !hasWorkers || !children.isEmpty();
  }

  private Process running() {
    Process known = process;
    if (known == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return known;
  }

  /** Ends the process at once, as a crash would. */
  void kill() throws InterruptedException {
    Process known = running();
    process = null;
    known.destroyForcibly();
    killChildren();
    known.waitFor();
  }

  private void killChildren() {
    children.forEach(ProcessHandle::destroyForcibly);
    children = List.of();
  }

  /** Asks the process to end, if it runs. */
  void requestStop() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits until the process has ended, a few seconds at most; then it is killed. */
  void awaitStopped() {
    Process known = process;
    process = null;
    if (known != null && !endsInTime(known)) {
      known.destroyForcibly();
    }
    killChildren();
  }

  private static boolean endsInTime(Process stopping) {
    try {
      return stopping.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "%-6s 127.0.0.1:%d (process %d)".formatted(name, port, running().pid());
  }
}
