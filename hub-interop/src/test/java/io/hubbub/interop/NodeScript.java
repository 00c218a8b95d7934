package io.hubbub.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a script of {@code src/test/js} in Node.js, with the official clients beside it. */
final class NodeScript {
  private static final Path FOLDER = Path.of("src/test/js").toAbsolutePath();
  private static final long LIMIT_SECONDS = 240;

  private NodeScript() {}

  /**
   * Runs a script to its end.
   *
   * @param arguments the script's options
   * @return what it printed, and how it ended
   */
  static Ended run(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Path output = Path.of("target", script + ".log").toAbsolutePath();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Ended(-1, "no end within " + LIMIT_SECONDS + " s\n" + read(output));
      }
      return new Ended(process.exitValue(), read(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + script + " ran", e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /**
   * How a script ended.
   *
   * @param exitCode 0 when every check passed
   * @param output both of its streams
   */
  record Ended(int exitCode, String output) {}
}
