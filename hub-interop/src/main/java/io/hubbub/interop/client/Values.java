package io.hubbub.interop.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that the conformance hubs take and give. */
final class Values {
  private Values() {}

  /** A point, in the spelling that both encodings of the original agree on. */
  record Point(int x, int y, @Nullable String label) {}

  /** An order with a bit of everything. */
  record Order(
      @Nullable String id,
      List<Point> points,
      Map<String, Integer> counts,
      boolean paid,
      double total,
      byte @Nullable [] blob) {}
}
