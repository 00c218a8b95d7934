package io.hubbub.testkit.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a target with the files of a corpus, first as they are and then damaged at random, for as
 * long as {@code -Dhubbub.fuzz.seconds} says; {@code -Dhubbub.fuzz.seed} looks elsewhere. An input
 * that the target does not stand is saved under {@code target/fuzz-finds}: moved into the corpus,
 * it is a regression test.
 *
 * <p>Threads: one.
 */
final class Fuzzer {
  private static final Logger LOG = LoggerFactory.getLogger(Fuzzer.class);

  private static final double SECONDS =
      Double.parseDouble(System.getProperty("hubbub.fuzz.seconds", "0.7"));
  private static final long SEED = Long.getLong("hubbub.fuzz.seed", 20_260_711L);
  private static final Path FINDS = Path.of("target", "fuzz-finds");

  /** Stands any input, or throws. All that it does follows from the input. */
  @FunctionalInterface
  interface Target {
    void take(byte[] input) throws Exception;
  }

  private final String name;
  private final Mutator mutator;
  private final List<byte[]> corpus;
  private long executions;

  private Fuzzer(String name, Mutator mutator, List<byte[]> corpus) {
    this.name = name;
    this.mutator = mutator;
    this.corpus = corpus;
  }

  /** A fuzzer with the corpus of that name, a folder of files beside this class. */
  static Fuzzer of(String name, Mutator mutator) {
    return new Fuzzer(name, mutator, read(name));
  }

  private static List<byte[]> read(String name) {
    try {
      URI folder = Objects.requireNonNull(Fuzzer.class.getResource(name), name).toURI();
      List<byte[]> files = new ArrayList<>();
      try (Stream<Path> paths = Files.list(Path.of(folder))) {
        for (Path file : paths.sorted().toList()) {
          files.add(Files.readAllBytes(file));
        }
      }
      return files;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Expected a corpus named " + name, e);
    }
  }

  /** Runs until the time is over or the target fails. */
  void run(Target target) {
    long end = System.nanoTime() + (long) (SECONDS * TimeUnit.SECONDS.toNanos(1));
    Random random = new Random(SEED);
    for (byte[] seed : corpus) {
      execute(target, seed);
    }
    while (System.nanoTime() < end) {
      byte[] seed = corpus.get(random.nextInt(corpus.size()));
      execute(target, mutator.mutate(seed, corpus, random));
    }
    LOG.info("{}: {} executions, {} seeds, no finds", name, executions, corpus.size());
  }

  private void execute(Target target, byte[] input) {
    executions++;
    try {
      target.take(input.clone());
    } catch (Exception | AssertionError | StackOverflowError failure) {
      Path saved = save(input);
      LOG.info("{}: {} executions, a find: {}", name, executions, saved);
      throw new AssertionError(
          "Execution " + executions + " of " + name + " fails; its input is " + saved, failure);
    }
  }

  private Path save(byte[] input) {
    Path file = FINDS.resolve(name).resolve(Integer.toHexString(Arrays.hashCode(input)));
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, input).toAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException("The find could not be saved to " + file, e);
    }
  }
}
