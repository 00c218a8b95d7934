package io.hubbub.examples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * Starts Redis, two nodes and nginx, each in a process of its own, and stops them together: on
 * Ctrl-C, or when one of them ends by itself. Arguments: {@code [--port N]}, the first of four
 * ports, 8080 by default.
 *
 * <p>On its input it takes orders, to see what the others do without one: {@code kill NAME}, {@code
 * start NAME}, {@code quit}.
 *
 * <p>Threads: the main thread does everything; others tell it by events, the one that runs at the
 * end of the JVM by an interrupt.
 */
public final class Cluster {
  private static final int CTRL_C_REACHES_ALL_MILLIS = 500;

  private final int port;
  private final Path folder;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Cluster(int port) throws IOException {
    this.port = port;
    // Workers of an nginx that root has started run as somebody else, who must see it.
    this.folder =
        Files.createTempDirectory(
            "hubbub-cluster",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** Runs until it is stopped or a part has ended. */
  public static void main(String[] args) throws IOException {
    int port = args.length == 2 && args[0].equals("--port") ? Integer.parseInt(args[1]) : 8080;
    Cluster cluster = new Cluster(port);
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cluster.interrupt(main)));
    System.exit(cluster.run());
  }

  private void interrupt(Thread main) {
    main.interrupt();
    try {
      ended.await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private int run() {
    try {
      start();
      announce();
      serve();
      return 0;
    } catch (IllegalStateException | IOException failed) {
      System.err.println("cluster: " + failed.getMessage());
      return 1;
    } catch (InterruptedException stopping) {
      return 0;
    } finally {
      stop();
      ended.countDown();
    }
  }

  private void start() throws IOException, InterruptedException {
    ClusterParts description = new ClusterParts(port, folder);
    Part nginx = description.nginx();
    Part redis = add(description.redis());
    launch(redis);
    redis.awaitReady();
    for (Part node : description.nodes()) {
      launch(add(node));
    }
    for (Part node : parts.values()) {
      node.awaitReady();
    }
    launch(add(nginx));
    nginx.awaitReady();
  }

  private Part add(Part part) {
    parts.put(part.name(), part);
    return part;
  }

  private void launch(Part part) throws IOException {
    part.launch((ended, process) -> events.add(new Ended(ended, process)));
  }

  private void announce() {
    parts.values().forEach(System.out::println);
    System.out.println("Chat: http://localhost:" + port);
    System.out.println("Ctrl-C stops all of it; orders: " + Order.FORMS);
    System.out.println("listening on http://127.0.0.1:" + port);
    Thread orders = new Thread(this::readOrders, "orders");
    orders.setDaemon(true);
    orders.start();
  }

  private void readOrders() {
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        .lines()
        .forEach(line -> events.add(new Order(line.strip())));
  }

  private void serve() throws IOException, InterruptedException {
    while (true) {
      Event event = events.take();
      if (event instanceof Ended end && end.part().isRunBy(end.process())) {
        // A Ctrl-C in a terminal reaches the parts, too: nobody is to blame then.
        Thread.sleep(CTRL_C_REACHES_ALL_MILLIS);
        throw new IllegalStateException(
            "%s has ended by itself with code %d, so all stop"
                .formatted(end.part().name(), end.process().exitValue()));
      }
      if (event instanceof Order order && !carryOut(order)) {
        return;
      }
    }
  }

  private boolean carryOut(Order order) throws IOException, InterruptedException {
    if (order.verb().equals("quit")) {
      return false;
    }
    Part part = parts.get(order.name());
    try {
      if (part != null && order.verb().equals("kill")) {
        part.kill();
        System.out.println(part.name() + " is down");
      } else if (part != null && order.verb().equals("start")) {
        launch(part);
        part.awaitReady();
        System.out.println(part + " is up");
      } else {
        System.out.println("Expected one of " + Order.FORMS + " with " + parts.keySet());
      }
    } catch (IllegalStateException notNow) {
      System.out.println(notNow.getMessage());
    }
    return true;
  }

  /** In the opposite order, so that no part sees another one go. */
  private void stop() {
    Deque<Part> last = new ArrayDeque<>();
    parts.values().forEach(last::push);
    for (Part part : last) {
      part.requestStop();
      part.awaitStopped();
    }
    deleteFolder();
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException left) {
      System.err.println("cluster: cannot delete " + folder + ": " + left.getMessage());
    }
  }

  /** What the main thread is told. */
  private sealed interface Event {}

  private record Ended(Part part, Process process) implements Event {}

  private record Order(String line) implements Event {
    static final String FORMS = "kill NAME, start NAME, quit";

    String verb() {
      return line.split(" ", 2)[0];
    }

    String name() {
      return line.substring(verb().length()).strip();
    }
  }
}
