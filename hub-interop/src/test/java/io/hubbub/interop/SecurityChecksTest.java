package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/security-checks.md} names guards and tests that exist. */
class SecurityChecksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(\\w+)([.#])(\\w+)`");

  /** The sources of all modules by the simple name of their class; some names are there twice. */
  private static final Map<String, List<String>> SOURCES = sources();

  static Stream<String> rows() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/security-checks.md"));
    List<String> rows = lines.stream().filter(line -> line.startsWith("| ")).skip(2).toList();
    assertThat(rows).hasSizeGreaterThan(60);
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void guardsAndTestsOfARowExist(String row) {
    String[] cells = row.split(" \\| ");
    assertThat(cells).hasSize(4);
    assertThat(NAME.matcher(cells[1]).results().filter(name -> name.group(2).equals(".")))
        .as("guards")
        .isNotEmpty()
        .allSatisfy(guard -> assertThat(isDeclared(guard)).isTrue());
    assertThat(NAME.matcher(cells[2]).results().filter(name -> name.group(2).equals("#")))
        .as("tests")
        .isNotEmpty()
        .allSatisfy(test -> assertThat(isDeclared(test)).isTrue());
    assertThat(cells[3].replaceFirst(" \\|$", "")).as("how it failed").isNotBlank();
  }

  private static boolean isDeclared(MatchResult name) {
    boolean isTest = name.group(2).equals("#");
    String declaration =
        isTest
            ? "\\bvoid " + name.group(3) + "\\("
            : "(?m)^ {2,4}(?:[\\w@][^=;]*\\b)?" + name.group(3) + "(\\([^;]*$| \\{)";
    return SOURCES.getOrDefault(name.group(1), List.of()).stream()
        .anyMatch(source -> Pattern.compile(declaration).matcher(source).find());
  }

  private static Map<String, List<String>> sources() {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(SecurityChecksTest::filesIn)
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Collectors.mapping(SecurityChecksTest::read, Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
