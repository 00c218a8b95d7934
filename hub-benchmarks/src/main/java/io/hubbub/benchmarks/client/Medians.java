package io.hubbub.benchmarks.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, several times, for each library. Threads: one. */
final class Medians {
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  void add(String figure, String library, double value) {
    values
        .computeIfAbsent(figure, name -> new LinkedHashMap<>())
        .computeIfAbsent(library, name -> new ArrayList<>())
        .add(value);
  }

  /** In Markdown: one row a figure. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "| | Hubbub | Microsoft's 9.0.3 | ours : theirs |\n| --- | ---: | ---: | ---: |\n");
    values.forEach(
        (figure, byLibrary) -> {
          double ours = median(byLibrary.getOrDefault("hubbub", List.of()));
          double theirs = median(byLibrary.getOrDefault("microsoft", List.of()));
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %s | %s |%n",
                  figure,
                  text(ours, "%,.1f"),
                  text(theirs, "%,.1f"),
                  text(ours / theirs, "%.2f")));
        });
    return table.toString();
  }

  private static String text(double value, String format) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
  }

  private static double median(List<Double> measured) {
    if (measured.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(measured);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
