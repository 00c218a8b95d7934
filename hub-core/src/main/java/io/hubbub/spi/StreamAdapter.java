package io.hubbub.spi;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Teaches hubs the types of another reactive library, by declared type: what a method may return as
 * a stream, take as an upload, or return as a single result. Found by {@link
 * java.util.ServiceLoader} or registered with {@link io.hubbub.Hubs.Builder#streamAdapter}.
 * Reactor, RxJava 3 and every other library of Reactive Streams are known already.
 *
 * <p>Threads: immutable; any.
 */
public interface StreamAdapter {

  /** Whether a method that declares this type streams its result. */
  boolean isStream(Class<?> declaredType);

  /** A stream that a method returned. */
  Flow.Publisher<?> toPublisher(Object stream);

  /** Whether a parameter of this type is an upload; its first type argument is the items' type. */
  default boolean isUpload(Class<?> declaredType) {
    return false;
  }

  /** What a parameter of a type for which {@link #isUpload} holds is given. */
  default Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
    throw new UnsupportedOperationException("no uploads as " + declaredType.getName());
  }

  /** Whether a method that declares this type has one result, which comes later. */
  default boolean isSingle(Class<?> declaredType) {
    return false;
  }

  /** A later result that a method returned. */
  default CompletionStage<?> toStage(Object single) {
    throw new UnsupportedOperationException("no single results from " + single.getClass());
  }
}
