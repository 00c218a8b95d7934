package io.hubbub.benchmarks.client;

import com.sun.management.OperatingSystemMXBean;
import io.hubbub.benchmarks.client.LoadClient.Library;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What a client library costs: calls and received broadcasts per second of this process' CPU,
 * memory and threads of idle connections. One library and one task a run, so that nothing is left
 * over from the other.
 */
public final class ClientLoad {
  private static final int WARM_UP_SECONDS = 4;
  private static final OperatingSystemMXBean OS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Library library;
  private final URI hub;
  private final LongAdder received = new LongAdder();

  private ClientLoad(Library library, URI hub) {
    this.library = library;
    this.hub = hub;
  }

  /**
   * Arguments: library, task (calls, pipelined, broadcasts, idle), base URL, connections, seconds.
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 5) {
      // A mistake in the command line is told on the terminal, not in a log.
      System.err.println("usage: ClientLoad hubbub|microsoft TASK BASE_URL CONNECTIONS SECONDS");
      System.exit(2);
      return;
    }
    Library library = Library.valueOf(args[0].toUpperCase(Locale.ROOT));
    ClientLoad load = new ClientLoad(library, URI.create(args[2] + "/bench"));
    int connections = Integer.parseInt(args[3]);
    int seconds = Integer.parseInt(args[4]);
    switch (args[1]) {
      case "calls" -> load.calls(connections, 1, seconds);
      case "pipelined" -> load.calls(connections, 32, seconds);
      case "broadcasts" -> load.broadcasts(connections, seconds);
      case "idle" -> load.idle(connections, seconds);
      default -> throw new IllegalArgumentException("Expected a task, but got " + args[1]);
    }
    System.exit(0);
  }

  private List<LoadClient> connect(int count) {
    List<LoadClient> clients = new ArrayList<>();
    Semaphore starting = new Semaphore(16);
    List<CompletableFuture<?>> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starting.acquireUninterruptibly();
      LoadClient client = library.connection(hub, received::increment);
      clients.add(client);
      starts.add(client.start().whenComplete((done, error) -> starting.release()));
    }
    starts.forEach(CompletableFuture::join);
    return clients;
  }

  private void calls(int connections, int depth, int seconds) throws InterruptedException {
    LongAdder answered = new LongAdder();
    for (LoadClient client : connect(connections)) {
      for (int i = 0; i < depth; i++) {
        next(client, answered);
      }
    }
    measure(depth == 1 ? "calls" : "calls, 32 at a time,", answered, seconds);
  }

  private static void next(LoadClient client, LongAdder answered) {
    client
        .echo("0123456789abcdef0123456789abcdef")
        .whenComplete(
            (text, error) -> {
              if (error == null) {
                answered.increment();
                next(client, answered);
              }
            });
  }

  private void broadcasts(int connections, int seconds) throws InterruptedException {
    List<LoadClient> clients = connect(connections);
    Thread sender =
        new Thread(
            () -> {
              // The next one when the last has come everywhere: all that is sent is received.
              for (long sent = 1; ; sent++) {
                clients.get(0).broadcast("0123456789abcdef0123456789abcdef").join();
                while (received.sum() < sent * connections) {
                  Thread.yield();
                }
              }
            });
    sender.setDaemon(true);
    sender.start();
    measure("received broadcasts", received, seconds);
  }

  private void measure(String what, LongAdder count, int seconds) throws InterruptedException {
    Thread.sleep(WARM_UP_SECONDS * 1000L);
    long countBefore = count.sum();
    long cpuBefore = OS.getProcessCpuTime();
    long timeBefore = System.nanoTime();
    Thread.sleep(seconds * 1000L);
    long done = count.sum() - countBefore;
    double cpu = (OS.getProcessCpuTime() - cpuBefore) / 1e9;
    double time = (System.nanoTime() - timeBefore) / 1e9;
    print(what + " per CPU second", done / cpu);
    print(what + " per second", done / time);
  }

  private void idle(int connections, int seconds) throws InterruptedException {
    connect(1).get(0).echo("x").join();
    Thread.sleep(1000);
    long heapBefore = usedHeap();
    long residentBefore = residentKibibytes();
    int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
    List<LoadClient> clients = connect(connections);
    Thread.sleep(seconds * 1000L);
    double heap = usedHeap() - heapBefore;
    String name = connections + " idle connections: ";
    print(name + "KB of heap each", heap / 1024 / connections);
    print(name + "KB resident each", (double) (residentKibibytes() - residentBefore) / connections);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    print(name + "threads added", threads - threadsBefore);
    long alive = clients.stream().filter(client -> client.echo("x").join().equals("x")).count();
    print(name + "still answered", alive);
  }

  /** A line on stdout for people, and for {@link ClientComparison}, which reads it there. */
  private static void print(String figure, double value) {
    System.out.printf(Locale.ROOT, "%s=%.1f%n", figure, value);
  }

  /** What the system counts; on Linux only, 0 elsewhere. */
  private static long residentKibibytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
