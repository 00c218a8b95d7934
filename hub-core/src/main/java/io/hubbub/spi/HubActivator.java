package io.hubbub.spi;

import io.hubbub.BaseHub;
import java.lang.reflect.Type;

/**
 * Makes hub objects and finds what they are injected with: the bridge to a dependency injection
 * container.
 *
 * <p>Threads: any.
 */
public interface HubActivator {
  /**
   * Looks at a hub class when it is mapped, so that what is missing shows early. A no-op by
   * default.
   *
   * @throws IllegalArgumentException if hubs of this class cannot be made
   */
  default void prepare(Class<? extends BaseHub> hubClass) {}

  /** Makes a new hub object for one call. */
  <H extends BaseHub> H create(Class<H> hubClass);

  /** Gives a hub object back after its call; a no-op by default, containers dispose here. */
  default void release(BaseHub hub) {}

  /**
   * Finds the value of a {@link io.hubbub.FromServices} parameter.
   *
   * @throws IllegalArgumentException if there is none; asked once at start, too, so that it shows
   *     early
   */
  Object service(Type type);
}
