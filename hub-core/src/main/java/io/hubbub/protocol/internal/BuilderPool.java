package io.hubbub.protocol.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lends byte builders for the time of one call. Not a thread-local: virtual threads come and go,
 * and each would make its own.
 *
 * <p>Threads: any; a borrowed builder belongs to its borrower alone.
 */
public final class BuilderPool {
  private static final int SLOTS = 32;
  private static final int FIRST_CAPACITY = 512;
  private static final int LARGEST_KEPT = 64 * 1024;
  private static final AtomicReferenceArray<@Nullable ByteBuilder> IDLE =
      new AtomicReferenceArray<>(SLOTS);

  private BuilderPool() {}

  /** An empty builder, to be given back. */
  public static ByteBuilder borrow() {
    ByteBuilder idle = IDLE.getAndSet(slot(), null);
    if (idle == null) {
      return new ByteBuilder(FIRST_CAPACITY);
    }
    idle.size = 0;
    return idle;
  }

  /** Takes back a builder. One that has grown large is dropped. */
  public static void giveBack(ByteBuilder builder) {
    if (builder.bytes.length <= LARGEST_KEPT) {
      IDLE.lazySet(slot(), builder);
    }
  }

  private static int slot() {
    return (int) Thread.currentThread().getId() & (SLOTS - 1);
  }
}
