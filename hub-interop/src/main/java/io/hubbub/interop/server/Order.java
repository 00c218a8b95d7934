package io.hubbub.interop.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with all that nests; lists and maps that are not sent are empty.
 *
 * @param id any
 * @param points any
 * @param counts any
 * @param paid any
 * @param total any
 * @param blob any
 */
public record Order(
    @Nullable String id,
    @Nullable List<Point> points,
    @Nullable Map<String, Integer> counts,
    boolean paid,
    double total,
    byte @Nullable [] blob) {
  /** Fills in what was not sent. */
  public Order {
    points = points == null ? List.of() : points;
    counts = counts == null ? Map.of() : counts;
  }
}
