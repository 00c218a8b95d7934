package io.hubbub.benchmarks.client;

import io.hubbub.benchmarks.BenchServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Our Java client and Microsoft's in one run: one server of ours, and the clients in turns against
 * it, each task in a JVM of its own. Prints the medians of the rounds and their ratios.
 *
 * <p>Threads: main.
 */
public final class ClientComparison {
  private static final int ROUNDS = 3;
  private static final String MEASURED_SECONDS = "4";
  private static final String IDLE_SECONDS = "5";
  private static final List<String> LIBRARIES = List.of("hubbub", "microsoft");

  private static final String LISTENING = "listening on ";

  private final String base;
  private final Medians medians = new Medians();

  private ClientComparison(String base) {
    this.base = base;
  }

  /**
   * Runs.
   *
   * @param arguments the number of rounds, 3 by default
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    Process server = java(BenchServer.class, "--port", "0");
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, "end the server"));
    try {
      ClientComparison comparison = new ClientComparison(addressOf(server));
      for (int i = 0; i < rounds; i++) {
        comparison.round();
      }
      comparison.idle();
      // The result, to be kept; progress goes to stderr.
      System.out.print(comparison.medians.table());
    } finally {
      server.destroy();
      server.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static String addressOf(Process server) throws IOException {
    BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
    String said = lines.readLine();
    while (said != null && !said.startsWith(LISTENING)) {
      said = lines.readLine();
    }
    if (said == null) {
      throw new IOException("Expected the server to say where it listens, but it has ended");
    }
    Thread rest = new Thread(() -> lines.lines().forEach(line -> {}), "server's output");
    rest.setDaemon(true);
    rest.start();
    return said.substring(LISTENING.length());
  }

  private void round() throws IOException, InterruptedException {
    for (String library : LIBRARIES) {
      run(library, "calls", "20", MEASURED_SECONDS);
    }
    for (String library : LIBRARIES) {
      run(library, "pipelined", "20", MEASURED_SECONDS);
    }
    for (String library : LIBRARIES) {
      run(library, "broadcasts", "100", MEASURED_SECONDS);
    }
  }

  private void idle() throws IOException, InterruptedException {
    for (String library : LIBRARIES) {
      run(library, "idle", "2000", IDLE_SECONDS);
    }
    run("hubbub", "idle", "5000", IDLE_SECONDS);
  }

  private void run(String library, String task, String connections, String seconds)
      throws IOException, InterruptedException {
    Process process = java(ClientLoad.class, library, task, base, connections, seconds);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int at = line.lastIndexOf('=');
        if (at > 0) {
          medians.add(line.substring(0, at), library, Double.parseDouble(line.substring(at + 1)));
          // Progress, beside the result on stdout.
          System.err.printf(Locale.ROOT, "%-10s %s%n", library, line);
        }
      }
    }
    process.waitFor();
  }

  /** A JVM with this one's class path and no options. */
  private static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
