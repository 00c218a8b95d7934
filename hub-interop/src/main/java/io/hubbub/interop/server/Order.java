package io.hubbub.interop.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with all that nests. No record, because a list that is not sent is empty, and one that
 * is sent as null is null.
 *
 * <p>Threads: whoever binds it, then whoever writes it.
 */
public final class Order {
  /** Any. */
  public @Nullable String id;

  /** Empty if not sent. */
  public @Nullable List<Point> points = List.of();

  /** Empty if not sent. */
  public @Nullable Map<String, Integer> counts = Map.of();

  /** Any. */
  public boolean paid;

  /** Any. */
  public double total;

  /** Any. */
  public byte @Nullable [] blob;
}
