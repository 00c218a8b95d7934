package io.hubbub.internal.reactive;

import io.hubbub.spi.StreamAdapter;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the reactive libraries that an application has brought along. Each adapter is loaded only
 * where the classes of its library are there.
 *
 * <p>Threads: any.
 */
public final class ReactiveLibraries {
  private ReactiveLibraries() {}

  /** Their adapters, the most special first. */
  public static List<StreamAdapter> adapters() {
    List<StreamAdapter> found = new ArrayList<>();
    if (isThere("reactor.core.publisher.Flux")) {
      found.add(new ReactorAdapter());
    }
    if (isThere("io.reactivex.rxjava3.core.Flowable")) {
      found.add(new RxJavaAdapter());
    }
    if (isThere("org.reactivestreams.Publisher")) {
      found.add(new PublisherAdapter());
    }
    return List.copyOf(found);
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, ReactiveLibraries.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
